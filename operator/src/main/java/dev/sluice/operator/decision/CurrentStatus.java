package dev.sluice.operator.decision;

import dev.sluice.api.Condition;
import dev.sluice.api.ConditionTypes;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.operator.decision.Decision.Start;
import dev.sluice.operator.observation.Observation;
import java.util.Objects;

/** The stored status with everything entered that was observed since; computed once a reconcile. */
public record CurrentStatus(Observation seen, DatabaseMigrationStatus status) {
  public static CurrentStatus of(Observation seen) {
    return new CurrentStatus(seen, StatusEntries.enter(seen));
  }

  /**
   * Whether the status has to turn to this decision before anything is done that may fail: what it
   * says now is of another version of the spec, or is over. How a run ended may be known to this
   * process alone, which may be gone before the next one is made.
   */
  public boolean isAnnouncedFirst(Decision decision) {
    var hasEnded = !Objects.equals(seen.status().lastRun(), status.lastRun());
    return decision instanceof Start && (hasEnded || isOfAnother());
  }

  /** It says that this version of the spec is Ready, and no run has ended since. */
  boolean isStoredAsReady() {
    var generation = seen.desired().generation();
    return Objects.equals(seen.status().lastRun(), status.lastRun())
        && Condition.find(seen.status().conditions(), ConditionTypes.READY)
            .filter(ready ->
                "True".equals(ready.status())
                    && Long.valueOf(generation).equals(ready.observedGeneration()))
            .isPresent();
  }

  private boolean isOfAnother() {
    var generation = seen.desired().generation();
    return Condition.find(seen.status().conditions(), ConditionTypes.READY)
        .filter(ready ->
            "True".equals(ready.status())
                || !Long.valueOf(generation).equals(ready.observedGeneration())
                || Condition.find(seen.status().conditions(), ConditionTypes.STALLED).isPresent())
        .isPresent();
  }
}
