package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.engine.FolderPolicy;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Layout;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.postgres.UnfinishedTable;
import dev.sluice.migrations.postgres.UnfinishedTable.Mark;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why a folder isn't run at all; each names the file and the remedy. */
record FolderObjections(Folder folder, FolderDiff standing, FolderPolicy policy) {
  private static final Pattern NAME = Pattern.compile("[\\w.:-]{1,64}");

  Optional<Failure> halfApplied(UnfinishedTable unfinished) throws SQLException {
    return unfinished.marks().stream()
        .filter(mark -> !isOfChangeSet(mark.file()))
        .findFirst()
        .map(mark ->
            named(
                    Reason.HALF_APPLIED,
                    mark.file(),
                    "was begun at " + mark.since() + ", and " + state(mark))
                .hint(unfinished.remedy(mark.file())));
  }

  /** Of a Liquibase changelog in the same ledger: {@code file::id::author}. */
  private static boolean isOfChangeSet(String name) {
    return name.contains("::");
  }

  private static String state(Mark mark) {
    return mark.done() < mark.chunks()
        ? "didn't end: %d of its %d parts are done for sure, the next one may be"
            .formatted(mark.done(), mark.chunks())
        : "all its %d parts are done, only its row in the ledger lacks".formatted(mark.chunks());
  }

  Optional<Failure> inTheLedger() {
    return changed().or(this::gone).or(this::outOfOrder).or(this::unresolved);
  }

  /** What is applied may name what it likes. */
  private Optional<Failure> unresolved() {
    return Stream.concat(standing.pending().stream(), folder.callbacks())
        .filter(migration -> !migration.placeholders().missing().isEmpty())
        .findFirst()
        .map(migration -> {
          var name = migration.placeholders().missing().getFirst();
          return named(
                  Reason.CHANGELOG_INVALID,
                  migration.file(),
                  "has the placeholder " + shown(name) + ", and nobody gives its value")
              .hint(
                  "give it in changelog.parameters, or say placeholderReplacement=false in "
                      + migration.file()
                      + ".conf");
        });
  }

  /** Between braces may be any SQL, which isn't repeated. */
  private static String shown(String placeholder) {
    return NAME.matcher(placeholder).matches() ? "${" + placeholder + "}" : "${…}";
  }

  private Optional<Failure> changed() {
    return standing.changed().stream()
        .findFirst()
        .map(migration ->
            named(
                    Reason.CHECKSUM_MISMATCH,
                    migration.file(),
                    "was edited after it was applied" + more(standing.changed().size()))
                .hint(
                    "put it back as it was, and make the change in a new migration"
                        + (isOtherFolder()
                            ? "; or is it another folder than the ledger's? Then give it another"
                                + " changelog.ledger.table"
                            : "")));
  }

  /** Nothing of it is as the ledger has it. */
  private boolean isOtherFolder() {
    return standing.applied().size() == standing.changed().size();
  }

  /**
   * A file that went after all others may come from a step back, but not together with new ones.
   */
  private Optional<Failure> gone() {
    if (policy.missingAllowed()) {
      return Optional.empty();
    }
    var gone =
        standing.gone().isEmpty() && !standing.pending().isEmpty()
            ? standing.beyond()
            : standing.gone();
    return gone.stream()
        .findFirst()
        .map(file ->
            named(
                    Reason.MIGRATION_MISSING,
                    file,
                    "is applied, but isn't among the folder's migrations" + more(gone.size()))
                .hint(
                    standing.applied().isEmpty()
                        ? "the ledger is another folder's: give this one another"
                            + " changelog.ledger.table"
                        : (folder.layout() == Layout.FLYWAY
                                ? "take the file back, or set"
                                : "take the file back, with its entry in the journal, or set")
                            + " policy.missing: Allow; if another folder has the same ledger, give"
                            + " this one another changelog.ledger.table"));
  }

  private Optional<Failure> outOfOrder() {
    if (policy.outOfOrderAllowed()) {
      return Optional.empty();
    }
    var pending = standing.pending().stream().map(Migration::file).collect(Collectors.toSet());
    var waiting = List.<Migration>of();
    for (var migration : folder.migrations()) {
      if (migration.isRepeatable()) {
        continue;
      }
      if (pending.contains(migration.file())) {
        waiting = waiting.isEmpty() ? List.of(migration) : waiting;
      } else if (!waiting.isEmpty()) {
        return Optional.of(
            named(
                    Reason.OUT_OF_ORDER,
                    waiting.getFirst().file(),
                    "isn't applied, but comes before " + migration.name() + ", which is")
                .hint("move it to the end, or set policy.outOfOrder: Allow"));
      }
    }
    return Optional.empty();
  }

  private static String more(int count) {
    return count == 1 ? "" : ", and " + (count - 1) + " more";
  }

  private Failure named(Reason reason, String file, String message) {
    var name = Migration.nameOf(file);
    return Failure.of(reason, name + " " + message).in(name, folder.pathOf(file));
  }
}
