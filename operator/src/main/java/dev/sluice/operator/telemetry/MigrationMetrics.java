package dev.sluice.operator.telemetry;

import dev.sluice.api.DatabaseMigration;
import dev.sluice.api.MigrationView.State;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** How many migrations there are in each state; never by name. */
public final class MigrationMetrics implements Metrics.Counted {
  private final Supplier<Stream<DatabaseMigration>> migrations;
  private volatile Map<State, Integer> counts = Map.of();

  public MigrationMetrics(MeterRegistry registry, Supplier<Stream<DatabaseMigration>> migrations) {
    this.migrations = migrations;
    for (var state : State.values()) {
      Gauge.builder("sluice.migrations", () -> counts.getOrDefault(state, 0))
          .description("Migrations by state")
          .tag("state", state.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
  }

  @Override
  public void count() {
    var counted = new EnumMap<State, Integer>(State.class);
    migrations.get().forEach(m -> counted.merge(State.of(m), 1, Integer::sum));
    counts = counted;
  }
}
