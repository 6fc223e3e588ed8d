package dev.sluice.migrations.rehearsal;

import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.RehearsalVerdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a rehearsal came to, in the words of the report. */
final class Verdicts {
  private static final int MOST_SHOWN = 10;

  private Verdicts() {}

  /** {@code remedy}: what to do where it lacks an extension. */
  static RehearsalVerdict of(Rehearsal.Outcome outcome, int tenths, String remedy) {
    return new RehearsalVerdict(
        outcome.result(),
        tenths,
        outcome.postgres(),
        outcome.stubs(),
        shown(outcome.skipped()),
        warning(outcome, remedy));
  }

  private static List<String> shown(List<String> lines) {
    if (lines.size() <= MOST_SHOWN) {
      return lines;
    }
    var first = new ArrayList<>(lines.subList(0, MOST_SHOWN));
    first.add("and %d more".formatted(lines.size() - MOST_SHOWN));
    return first;
  }

  private static @Nullable String warning(Rehearsal.Outcome outcome, String remedy) {
    if (!outcome.unknownExtensions().isEmpty()) {
      return "its PostgreSQL has no extension "
          + String.join(", ", outcome.unknownExtensions())
          + ": "
          + remedy;
    }
    if (!outcome.passed().isEmpty()) {
      var first = outcome.passed().getFirst();
      return "%s, which the database has already, fails on an empty one: %s"
          .formatted(first.changeSet(), first.message());
    }
    return outcome.failure().map(Verdicts::named).orElse(null);
  }

  /** With the changeset, which a run that goes on doesn't name. */
  private static String named(Failure failure) {
    var where = failure.changeSet() == null ? "" : failure.changeSet() + ": ";
    var state = failure.sqlState() == null ? "" : " (SQLSTATE " + failure.sqlState() + ")";
    return where + failure.message() + state;
  }
}
