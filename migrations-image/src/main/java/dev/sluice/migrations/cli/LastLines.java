package dev.sluice.migrations.cli;

import dev.sluice.migrations.report.Exit;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Outcome;
import dev.sluice.migrations.report.RehearsalVerdict;
import dev.sluice.migrations.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The end of the log: for somebody who was woken up to read it. */
final class LastLines {
  private LastLines() {}

  static List<String> of(Report report) {
    var failure = report.failure();
    if (failure != null) {
      return of(failure, report.applied().size());
    }
    var counts = report.counts();
    var rehearsal = report.rehearsal();
    if (report.outcome() == Outcome.REHEARSED && rehearsal != null) {
      return List.of(rehearsed(rehearsal, report.applied().size()));
    }
    if (counts == null) {
      return List.of();
    }
    var applied = report.applied().size();
    var entered = report.takenOver().adopted() + report.takenOver().baselined();
    if (applied == 0 && counts.pending() > counts.skipped()) {
      return List.of(
          "entered %d without running; of %s %d are pending"
              .formatted(entered, changeSets(counts.total()), counts.pending()));
    }
    var all = "the changelog has " + changeSets(counts.total());
    var skipped = counts.skipped() == 0 ? "" : ", " + counts.skipped() + " of them passed over";
    var line =
        applied == 0
            ? "nothing to %s: ".formatted(entered == 0 ? "do" : "run") + all + skipped
            : "applied " + changeSets(applied) + ": " + all + skipped + ", nothing is pending";
    return counts.total() > 0
        ? List.of(line)
        : List.of(
            line, "WARNING the changelog has no changeset at all for these contexts and labels");
  }

  private static String rehearsed(RehearsalVerdict verdict, int applied) {
    var how =
        switch (verdict.result()) {
          case PASSED, PARTIAL ->
              verdict.skipped().isEmpty()
                  ? "all of them ran, and a second pass had nothing to do"
                  : "what was rehearsed ran; the warnings name what wasn't";
          case SKIPPED, FAILED -> verdict.result().label();
        };
    return "rehearsed %s on PostgreSQL %s in %d.%d s: %s"
        .formatted(
            changeSets(applied),
            verdict.postgres(),
            verdict.tenths() / 10,
            verdict.tenths() % 10,
            how);
  }

  private static List<String> of(Failure failure, int applied) {
    var lines = new ArrayList<String>();
    var state = failure.sqlState();
    lines.add(
        failure.reason().label()
            + ": "
            + failure.message()
            + (state == null || state.isEmpty() ? "" : " (SQLSTATE " + state + ")"));
    if (failure.changeSet() != null) {
      lines.add("  changeset: " + failure.changeSet());
    }
    place(failure).ifPresent(lines::add);
    if (failure.hint() != null) {
      lines.add("  hint: " + failure.hint());
    }
    if (applied > 0) {
      lines.add("  applied before that, and kept: " + changeSets(applied));
    }
    var planned = failure.outcome() == Outcome.PLANNED;
    var meaning = planned ? "nothing was changed" : meaning(failure.exit());
    lines.add("  exit " + failure.exit().code() + ": " + meaning);
    return lines;
  }

  private static Optional<String> place(Failure failure) {
    var place = failure.place();
    if (place == null || failure.file() == null) {
      return Optional.empty();
    }
    var line = place.line() > 0 ? ":" + place.line() : "";
    var statement = place.statement() > 0 ? ", statement " + place.statement() : "";
    var of = statement.isEmpty() || place.of() == 0 ? "" : " of " + place.of();
    return Optional.of("  at: " + failure.file() + line + statement + of);
  }

  private static String changeSets(int count) {
    return count + (count == 1 ? " changeset" : " changesets");
  }

  private static String meaning(Exit exit) {
    return switch (exit) {
      case SUCCESS -> "success";
      case TRANSIENT -> "it may pass by itself; run it again";
      case WAITED -> "the time was up, or the run was interrupted; run it again";
      case PERMANENT -> "running it again won't help before something is changed";
      case REFUSED -> "refused by a policy";
      case CONFIGURATION -> "fix the configuration";
    };
  }
}
