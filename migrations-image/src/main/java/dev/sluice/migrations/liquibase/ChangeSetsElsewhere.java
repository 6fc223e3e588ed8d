package dev.sluice.migrations.liquibase;

import dev.sluice.migrations.engine.LedgerObjections;
import dev.sluice.migrations.postgres.OtherLedgers;
import dev.sluice.migrations.report.Failure;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import liquibase.ChecksumVersion;
import liquibase.change.CheckSum;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.RanChangeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether changesets of which the ledger knows none are applied all the same: under other paths, or
 * in the ledger of another schema. Under another path one is known by its id, author and checksum.
 */
record ChangeSetsElsewhere(List<ChangeSet> changeSets) {
  Optional<Failure> underAnotherPath(List<RanChangeSet> ran) {
    return ran.stream()
        .flatMap(row ->
            changeSets.stream()
                .filter(own -> isOf(own, row))
                .limit(1)
                .map(own -> LedgerObjections.pathDiffers(own.getFilePath(), row.getChangeLog())))
        .findFirst();
  }

  private static boolean isOf(ChangeSet own, RanChangeSet row) {
    return own.getId().equals(row.getId())
        && own.getAuthor().equals(row.getAuthor())
        && !own.getFilePath().equals(row.getChangeLog())
        && isCheckSumOf(own, row.getLastCheckSum());
  }

  private static boolean isCheckSumOf(ChangeSet own, @Nullable CheckSum applied) {
    return applied != null
        && applied
            .toString()
            .equals(
                own.generateCheckSum(ChecksumVersion.enumFromChecksumVersion(applied.getVersion()))
                    .toString());
  }

  Optional<Failure> inAnotherSchema(OtherLedgers others) throws SQLException {
    return others.rows().stream()
        .filter(row -> changeSets.stream().anyMatch(own -> isOf(own, row)))
        .findFirst()
        .map(row -> LedgerObjections.elsewhere(row, others.ledger()));
  }

  private static boolean isOf(ChangeSet own, OtherLedgers.Row row) {
    return own.getId().equals(row.id())
        && own.getAuthor().equals(row.author())
        && own.getFilePath().equals(row.file().replaceFirst("^classpath:", ""));
  }
}
