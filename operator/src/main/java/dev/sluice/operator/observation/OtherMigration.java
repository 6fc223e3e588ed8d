package dev.sluice.operator.observation;

import dev.sluice.api.Condition;
import dev.sluice.api.ConditionTypes;
import dev.sluice.api.DatabaseMigrationSpec;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.Reasons;
import dev.sluice.operator.observation.DesiredMigration.SpecReading.Understood;
import java.util.Objects;

/**
 * Another migration of the same namespace and database.
 *
 * @param earlier it was made before the one that is decided about
 */
public record OtherMigration(
    String name,
    boolean earlier,
    boolean deleting,
    long generation,
    DatabaseMigrationSpec spec,
    DatabaseMigrationStatus status) {

  /** Where a migration leads to; the same for all that lead there. */
  public static String place(DatabaseMigrationSpec spec) {
    return Input.place(spec);
  }

  /** Between runs of our own runner the database's lock decides; another tool may have none. */
  private boolean takesTurnsWith(DesiredMigration desired) {
    return spec.ofAnotherTool()
        || (desired.reading() instanceof Understood(var asked, _) && asked.ofAnotherTool());
  }

  public boolean isBefore(DesiredMigration desired) {
    return takesTurnsWith(desired) && (isInFlight() || (earlier && isNext()));
  }

  private boolean isInFlight() {
    var last = status.lastRun();
    return status.job() != null && (last == null || !last.job().equals(status.job()));
  }

  /** It is decided about any moment, or waits for its turn as well. */
  private boolean isNext() {
    var unseen = !Objects.equals(status.observedGeneration(), generation);
    var waits =
        Condition.find(status.conditions(), ConditionTypes.READY)
            .filter(ready -> ready.reason().equals(Reasons.WAITING_FOR_TURN))
            .isPresent();
    return !deleting && !spec.suspend() && (unseen || waits);
  }
}
