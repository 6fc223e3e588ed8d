package dev.sluice.migrations.cli;

import dev.sluice.migrations.engine.Progress;
import dev.sluice.migrations.report.Exit;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Outcome;
import dev.sluice.migrations.report.Report;

/** The last lines: for somebody who was woken up to read them. */
record Verdict(Progress console) {
  void on(Report report) {
    var failure = report.failure();
    if (failure != null) {
      tell(report.applied().size(), failure);
      return;
    }
    var counts = report.counts();
    if (counts == null) {
      return;
    }
    var applied = report.applied().size();
    var all = "the changelog has " + changeSets(counts.total());
    var skipped = counts.skipped() == 0 ? "" : ", " + counts.skipped() + " of them passed over";
    console.note(
        applied == 0
            ? "nothing to do: " + all + skipped
            : "applied " + changeSets(applied) + ": " + all + skipped + ", nothing is pending");
    if (counts.total() == 0) {
      console.warn("the changelog has no changeset at all for these contexts and labels");
    }
  }

  void tell(int applied, Failure failure) {
    var state = failure.sqlState();
    console.note(
        failure.reason().label()
            + ": "
            + failure.message()
            + (state == null || state.isEmpty() ? "" : " (SQLSTATE " + state + ")"));
    if (failure.changeSet() != null) {
      console.note("  changeset: " + failure.changeSet());
    }
    if (failure.hint() != null) {
      console.note("  hint: " + failure.hint());
    }
    if (applied > 0) {
      console.note("  applied before that, and kept: " + changeSets(applied));
    }
    var planned = failure.outcome() == Outcome.PLANNED;
    console.note(
        "  exit "
            + failure.exit().code()
            + ": "
            + (planned ? "nothing was changed" : meaning(failure.exit())));
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
      case CONFIGURATION -> "the configuration must be mended";
    };
  }
}
