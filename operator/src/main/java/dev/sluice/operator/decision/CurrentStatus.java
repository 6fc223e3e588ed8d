package dev.sluice.operator.decision;

import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.Outcome;
import dev.sluice.operator.decision.Decision.Cancel;
import dev.sluice.operator.observation.Observation;
import dev.sluice.operator.observation.RunEnd;

/** The stored status with everything entered that was observed since; computed once a reconcile. */
public record CurrentStatus(Observation seen, DatabaseMigrationStatus status) {
  public static CurrentStatus of(Observation seen) {
    return new CurrentStatus(seen, StatusEntries.enter(seen));
  }

  /** With the end of a run that this operator itself brings about. */
  DatabaseMigrationStatus after(Cancel cancel) {
    var draft = new StatusDraft(status);
    var runs = new RunEntry(seen, draft);
    var why = cancel.why();
    runs.enter(cancel.run(), new RunEnd.Unseen(null), why.outcome(), why.failure());
    if (why.outcome() == Outcome.Failed) {
      runs.count(cancel.run());
    }
    return draft.finish();
  }
}
