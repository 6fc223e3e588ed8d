package dev.sluice.operator.faults;

import dev.sluice.api.Condition;
import dev.sluice.api.DatabaseMigration;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.DesiredMigration.SpecReading.Understood;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** What holds of every status, and from one to the next. */
final class StatusRules {
  private final SimulatedDatabase ledger;
  private final Consumer<String> broken;
  private final Map<String, DatabaseMigrationStatus> before = new HashMap<>();

  StatusRules(SimulatedDatabase ledger, Consumer<String> broken) {
    this.ledger = ledger;
    this.broken = broken;
  }

  void look(DatabaseMigration migration) {
    var now = migration.getStatus();
    if (now == null) {
      return;
    }
    alone(now, migration);
    ready(now, migration);
    var was = before.put(migration.getMetadata().getUid(), now);
    if (was != null) {
      moved(was, now);
    }
  }

  private void alone(DatabaseMigrationStatus now, DatabaseMigration migration) {
    var conditions = now.conditions();
    check(
        conditions.stream().filter(c -> c.status().equals("True")).count() <= 1,
        "more than one condition is True: " + conditions);
    check(
        observed(now) <= migration.getMetadata().getGeneration(),
        "observedGeneration is ahead: " + now);
    check(
        conditions.stream().allMatch(c -> c.message().length() <= 1024),
        "a message is too long: " + conditions);
    check(
        conditions.stream()
            .allMatch(c -> Objects.equals(c.observedGeneration(), now.observedGeneration())),
        "conditions of several generations: " + now);
  }

  /** Only for the spec that the status speaks of can the claim be checked. */
  private void ready(DatabaseMigrationStatus now, DatabaseMigration migration) {
    var claims =
        condition(now.conditions(), "Ready").filter(c -> c.status().equals("True")).isPresent();
    if (claims
        && observed(now) == migration.getMetadata().getGeneration()
        && DesiredMigration.read(migration.getSpec()) instanceof Understood(_, var input)) {
      check(
          ledger.has(input.revision(), input.target()),
          "I2: Ready, but the database lacks " + input.revision() + ": " + now);
    }
  }

  private void moved(DatabaseMigrationStatus was, DatabaseMigrationStatus now) {
    check(observed(was) <= observed(now), "observedGeneration went back: " + was + " -> " + now);
    check(number(was) <= number(now), "the run number went back: " + was + " -> " + now);
    check(
        now.appliedRevisions().size() >= Math.min(50, was.appliedRevisions().size()),
        "an applied revision was forgotten: " + was + " -> " + now);
    for (var condition : now.conditions()) {
      condition(was.conditions(), condition.type())
          .ifPresent(old ->
              check(
                  !old.status().equals(condition.status())
                      || old.lastTransitionTime().equals(condition.lastTransitionTime()),
                  "lastTransitionTime moved without its status: " + old + " -> " + condition));
    }
  }

  private static Optional<Condition> condition(List<Condition> conditions, String type) {
    return conditions.stream().filter(c -> c.type().equals(type)).findFirst();
  }

  private static long observed(DatabaseMigrationStatus status) {
    return status.observedGeneration() == null ? -1 : status.observedGeneration();
  }

  private static long number(DatabaseMigrationStatus status) {
    return status.run() == null ? 0 : status.run();
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      broken.accept(otherwise);
    }
  }
}
