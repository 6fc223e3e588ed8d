package dev.sluice.migrations.liquibase;

import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import dev.sluice.migrations.sql.SourcePosition;
import dev.sluice.migrations.sql.SqlScan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import liquibase.change.AbstractSQLChange;
import liquibase.changelog.ChangeSet;

/** What only psql can run, in the SQL of changesets: refused before any of them runs. */
final class ForPsql {
  private static final String HINT =
      "write INSERT statements or loadData with a CSV file; or put pg_dump's file into a Flyway"
          + " folder";

  private ForPsql() {}

  static Optional<Failure> in(List<ChangeSet> pending) {
    return pending.stream().flatMap(ForPsql::in).findFirst();
  }

  private static Stream<Failure> in(ChangeSet changeSet) {
    return changeSet.getChanges().stream()
        .filter(AbstractSQLChange.class::isInstance)
        .map(AbstractSQLChange.class::cast)
        .flatMap(change -> Stream.ofNullable(change.getSql()))
        .flatMap(sql -> why(sql).stream())
        .map(why ->
            Failure.of(Reason.CHANGELOG_INVALID, ChangeSetNames.of(changeSet) + " " + why)
                .in(ChangeSetNames.of(changeSet), changeSet.getFilePath())
                .hint(HINT));
  }

  private static Optional<String> why(String sql) {
    var start = SourcePosition.startOf("");
    var scan = SqlScan.of(sql, 0, sql.length(), start, _ -> {});
    if (scan.copiesIn()) {
      return Optional.of("copies FROM STDIN, and Liquibase has no data to give it");
    }
    return scan.leavesLinesOut()
        ? Optional.of("has \\restrict, a command of psql's and no SQL")
        : scan.metaCommand().map(command -> "has " + command + ", a command of psql's and no SQL");
  }
}
