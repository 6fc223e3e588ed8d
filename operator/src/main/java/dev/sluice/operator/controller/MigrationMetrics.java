package dev.sluice.operator.controller;

import dev.sluice.api.Condition;
import dev.sluice.api.ConditionTypes;
import dev.sluice.api.DatabaseMigration;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.Reasons;
import dev.sluice.operator.decision.Transition;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;

/** What is counted: runs by outcome, migrations by state; never by name. */
public final class MigrationMetrics {
  private static final List<String> STATES =
      List.of("ready", "reconciling", "stalled", "suspended", "unknown");

  private final MeterRegistry registry;

  public MigrationMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void count(Transition transition) {
    if (transition.reason().startsWith("Run")) {
      Counter.builder("sluice.runs")
          .description("Runs started, and ended by outcome")
          .tag("event", transition.reason().substring("Run".length()).toLowerCase(Locale.ROOT))
          .register(registry)
          .increment();
    }
  }

  void watch(IndexerResourceCache<DatabaseMigration> migrations) {
    for (var state : STATES) {
      Gauge.builder(
              "sluice.migrations",
              migrations,
              m -> m.list().filter(x -> state.equals(state(x))).count())
          .description("Migrations by state")
          .tag("state", state)
          .register(registry);
    }
  }

  private static String state(DatabaseMigration migration) {
    DatabaseMigrationStatus status = migration.getStatus();
    var conditions = status == null ? List.<Condition>of() : status.conditions();
    if (Condition.find(conditions, ConditionTypes.STALLED).isPresent()) {
      return "stalled";
    }
    if (Condition.find(conditions, ConditionTypes.RECONCILING).isPresent()) {
      return "reconciling";
    }
    return Condition.find(conditions, ConditionTypes.READY)
        .map(c ->
            c.status().equals("True")
                ? "ready"
                : Reasons.SUSPENDED.equals(c.reason()) ? "suspended" : "unknown")
        .orElse("unknown");
  }
}
