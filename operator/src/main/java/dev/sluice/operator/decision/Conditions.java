package dev.sluice.operator.decision;

import dev.sluice.api.Condition;
import dev.sluice.api.ConditionTypes;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.Reasons;
import dev.sluice.operator.observation.SafeText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Conditions as kstatus reads them: Ready always, Reconciling or Stalled only while True. */
final class Conditions {
  private static final int LONGEST = 1024;

  private Conditions() {}

  /** The only place where conditions are made. */
  static List<Condition> of(
      Readiness readiness, long generation, List<Condition> before, Instant now) {
    var write = new Writer(readiness, generation, before, now);
    return switch (readiness.state()) {
      case READY -> List.of(write.condition(ConditionTypes.READY, "True"));
      case WORKING ->
          List.of(
              write.condition(ConditionTypes.READY, "False"),
              write.condition(ConditionTypes.RECONCILING, "True"));
      case STALLED ->
          List.of(
              write.condition(ConditionTypes.READY, "False"),
              write.condition(ConditionTypes.STALLED, "True"));
      case SUSPENDED -> List.of(write.condition(ConditionTypes.READY, "False"));
    };
  }

  /** Why it isn't Ready, as it was stored last. */
  static Optional<String> cause(DatabaseMigrationStatus status) {
    return Condition.find(status.conditions(), ConditionTypes.READY)
        .filter(c -> "False".equals(c.status()) && !Reasons.DEADLINE_EXCEEDED.equals(c.reason()))
        .map(c -> c.reason() + ": " + c.message());
  }

  /** What was stored at the deadline; without a run, nothing else remembers the cause. */
  static Optional<String> late(DatabaseMigrationStatus status) {
    return Condition.find(status.conditions(), ConditionTypes.READY)
        .filter(c -> Reasons.DEADLINE_EXCEEDED.equals(c.reason()))
        .map(Condition::message);
  }

  /** What was stored for that reason and that version of the spec. */
  static Optional<String> of(DatabaseMigrationStatus status, long generation, String reason) {
    return Condition.find(status.conditions(), ConditionTypes.READY)
        .filter(c -> reason.equals(c.reason()))
        .filter(c -> Long.valueOf(generation).equals(c.observedGeneration()))
        .map(Condition::message);
  }

  static String bounded(String text) {
    return SafeText.cut(SafeText.visible(text), LONGEST);
  }

  private record Writer(Readiness readiness, long generation, List<Condition> before, Instant now) {
    Condition condition(String type, String status) {
      var since =
          Condition.find(before, type)
              .filter(c -> status.equals(c.status()))
              .map(Condition::lastTransitionTime)
              .orElse(now);
      return new Condition(
          type, status, readiness.reason(), bounded(readiness.message()), since, generation);
    }
  }
}
