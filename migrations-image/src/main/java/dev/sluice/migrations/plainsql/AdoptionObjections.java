package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.adoption.Adoption;
import dev.sluice.migrations.adoption.Match;
import dev.sluice.migrations.adoption.Verdict;
import dev.sluice.migrations.engine.AdoptMode;
import dev.sluice.migrations.postgres.TableName;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why the history of a folder's tool isn't taken over. */
record AdoptionObjections(Adoption adoption) {

  /** Where nothing is to be taken over: any history that isn't in the ledger. */
  Optional<Failure> foreign(boolean isNew) {
    var claimed = adoption.taken();
    if (claimed.isEmpty()
        && adoption.doubts().isEmpty()
        && (adoption.matches().isEmpty() || !isNew)) {
      return Optional.empty();
    }
    return Optional.of(
        Failure.of(
                Reason.FOREIGN_HISTORY,
                claimed.isEmpty()
                    ? "%s holds %d rows that aren't in the ledger"
                        .formatted(adoption.table(), adoption.matches().size())
                    : "%s says that %s is applied%s, but it isn't in the ledger"
                        .formatted(
                            adoption.table(), claimed.getFirst().name(), more(claimed.size())))
            .hint(
                "set adopt: Auto to take that history over, or go on with the tool that wrote it"));
  }

  Optional<Failure> unclear() {
    var doubts = adoption.doubts();
    if (doubts.isEmpty()) {
      return Optional.empty();
    }
    var first = doubts.getFirst();
    var migration = first.migration();
    var message =
        "%s can't be taken over without doubt: %s (%s)"
            .formatted(adoption.table(), counts(), what(first));
    return Optional.of(
        Failure.of(Reason.ADOPTION_UNCLEAR, message)
            .in(
                migration == null ? null : migration.name(),
                migration == null ? null : migration.path())
            .hint(first.verdict().remedy() + "; the log has the whole table"));
  }

  private String counts() {
    Map<Verdict, Long> counts =
        adoption.doubts().stream()
            .collect(Collectors.groupingBy(Match::verdict, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(count -> count.getValue() + " " + count.getKey().words())
        .collect(Collectors.joining(", "));
  }

  private static String what(Match match) {
    return match.migration() == null ? match.row() : match.migration().name();
  }

  private static String more(int count) {
    return count == 1 ? "" : ", and " + (count - 1) + " more";
  }

  /** A folder of another tool than the one that is named. */
  static Optional<Failure> otherTool(AdoptMode mode, String path, boolean isFlyway) {
    var fits =
        switch (mode) {
          case AUTO, NEVER -> true;
          case DRIZZLE -> !isFlyway;
          case FLYWAY -> isFlyway;
        };
    return fits
        ? Optional.empty()
        : Optional.of(
            Failure.of(
                    Reason.CONFIGURATION_INVALID,
                    "adopt is %s, but %s is a folder of %s"
                        .formatted(mode.word(), path, isFlyway ? "Flyway" : "Drizzle"))
                .hint("set adopt: Auto, or name the folder of that tool in changelog.path"));
  }

  /** Rows that match, but not where the tool usually has them. */
  static Failure elsewhere(TableName found, int rows, String usual) {
    return Failure.of(
            Reason.ADOPTION_UNCLEAR,
            "%s.%s has %d rows of this folder's migrations, but the usual place of such a history is %s"
                .formatted(found.schema(), found.table(), rows, usual))
        .hint(
            "set changelog.history.schema: %s and changelog.history.table: %s, or adopt: Never if it isn't this folder's"
                .formatted(found.schema(), found.table()));
  }

  /** A baseline where something is known already. */
  Failure baselineRefused(String to) {
    return Failure.of(
            Reason.BASELINE_REFUSED,
            "baseline.to is %s, but %s says already what is applied: %d rows"
                .formatted(to, adoption.table(), adoption.matches().size()))
        .hint("take the baseline out: that history is taken over by itself");
  }

  /** Bounded: each line goes to the log. */
  List<String> table(int most) {
    var lines = adoption.lines();
    return lines.size() <= most
        ? lines
        : Stream.concat(
                lines.stream().limit(most),
                Stream.of("… and " + (lines.size() - most) + " more lines"))
            .toList();
  }
}
