package dev.sluice.migrations.rehearsal;

import dev.sluice.migrations.event.RunEvent;
import dev.sluice.migrations.event.RunEventSink;
import java.util.Set;

/**
 * Of a rehearsal in a run only what is pending is told, a line each, and what takes long: the run
 * itself follows.
 */
record QuietEvents(RunEventSink events, Set<String> pending) implements RunEventSink {
  /** What the rehearsal says itself begins so. */
  static final String OWN = "rehearsal: ";

  QuietEvents {
    pending = Set.copyOf(pending);
  }

  @Override
  public void on(RunEvent event) {
    if (event instanceof RunEvent.Warned(var line) && line.startsWith(OWN)) {
      events.warn(line);
    }
    if (event instanceof RunEvent.Noted(var line) && line.startsWith(OWN)) {
      events.note(line);
    }
    if (event instanceof RunEvent.StillRunning(_, _, var changeSet, var elapsed, var activity)) {
      var what = activity.isEmpty() ? "" : ": " + activity;
      events.note("%s%s runs for %d s%s".formatted(OWN, changeSet, elapsed.toSeconds(), what));
    }
    if (event instanceof RunEvent.Ended ended && pending.contains(ended.changeSet())) {
      var remark = ended.remark().isEmpty() ? "" : ", " + ended.remark();
      events.note(
          "rehearsed %s: %d ms%s".formatted(ended.changeSet(), ended.took().toMillis(), remark));
    }
  }
}
