package dev.sluice.operator.decision;

import dev.sluice.api.LastRun;
import dev.sluice.api.Reasons;
import dev.sluice.api.RehearsalReport;
import java.util.Optional;

/** What is said of a run that went on without a rehearsal that passed. */
final class RehearsalWarning {
  private RehearsalWarning() {}

  /** Empty: it passed, there was none, or the run was refused for it and says so itself. */
  static Optional<String> of(LastRun run) {
    return Optional.ofNullable(run.rehearsal())
        .filter(_ -> !isRefused(run))
        .flatMap(RehearsalWarning::sentence);
  }

  private static boolean isRefused(LastRun run) {
    return run.failure() != null && Reasons.REHEARSAL_FAILED.equals(run.failure().reason());
  }

  private static Optional<String> sentence(RehearsalReport rehearsal) {
    return switch (rehearsal.result()) {
      case Passed -> Optional.empty();
      case Failed -> Optional.of(with("the rehearsal failed, and the run went on", rehearsal));
      case Partial -> Optional.of(with("not everything was rehearsed", rehearsal));
      case Skipped -> Optional.of(with("nothing was rehearsed", rehearsal));
    };
  }

  private static String with(String what, RehearsalReport rehearsal) {
    var why = rehearsal.warning() == null ? "" : ": " + rehearsal.warning();
    var skipped =
        rehearsal.skipped().isEmpty()
            ? ""
            : "; left out: " + String.join("; ", rehearsal.skipped());
    return Conditions.bounded(what + why + skipped);
  }
}
