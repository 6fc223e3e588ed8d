package dev.sluice.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Condition;
import dev.sluice.api.DatabaseMigration;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.Reasons;
import dev.sluice.operator.gate.WaitingPods.WaitingPod;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class MetricsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final AtomicInteger passes = new AtomicInteger();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private static DatabaseMigration migration(String type, String status, String reason) {
    var migration = new DatabaseMigration();
    var empty = DatabaseMigrationStatus.EMPTY;
    migration.setStatus(
        new DatabaseMigrationStatus(
            1L,
            List.of(new Condition(type, status, reason, "", NOW, 1L)),
            empty.revision(),
            empty.target(),
            empty.appliedRevision(),
            empty.appliedRevisions(),
            empty.pending(),
            empty.applied(),
            empty.ahead(),
            empty.attempt(),
            empty.run(),
            empty.job(),
            empty.started(),
            empty.startedAt(),
            empty.nextAttemptAt(),
            empty.lastRun(),
            empty.history(),
            empty.plan(),
            empty.handledRetry(),
            empty.verifyAfterRun(),
            empty.lastRecheck()));
    return migration;
  }

  private Metrics metrics(List<DatabaseMigration> migrations, List<WaitingPod> pods) {
    return new Metrics(
        registry,
        List.of(
            new MigrationMetrics(
                registry,
                () -> {
                  passes.incrementAndGet();
                  return migrations.stream();
                }),
            new GateMetrics(
                registry,
                () -> {
                  passes.incrementAndGet();
                  return pods.stream();
                },
                InstantSource.fixed(NOW))));
  }

  @Test
  void oneScrapeIsOnePassOverEachKind() {
    var metrics = metrics(List.of(), List.of());
    assertThat(passes).hasValue(0);

    metrics.scrape();
    assertThat(passes).hasValue(2);
    metrics.scrape();
    assertThat(passes).hasValue(4);
  }

  @Test
  void everyMigrationIsCountedInOneState() {
    var page =
        metrics(
                List.of(
                    migration("Ready", "True", Reasons.APPLIED),
                    migration("Ready", "True", Reasons.APPLIED),
                    migration("Reconciling", "True", Reasons.RUNNING),
                    migration("Stalled", "True", Reasons.REFUSED),
                    migration("Ready", "False", Reasons.SUSPENDED),
                    new DatabaseMigration()),
                List.of())
            .scrape();

    assertThat(page)
        .contains(
            "sluice_migrations{state=\"ready\"} 2.0",
            "sluice_migrations{state=\"reconciling\"} 1.0",
            "sluice_migrations{state=\"stalled\"} 1.0",
            "sluice_migrations{state=\"suspended\"} 1.0",
            "sluice_migrations{state=\"unknown\"} 1.0");
  }

  @Test
  void podsAreCountedByReasonAndTheOldestGivesTheLongestWait() {
    var pods =
        List.of(
            new WaitingPod(NOW.minusSeconds(30), Optional.of("MigrationStalled")),
            new WaitingPod(NOW.minusSeconds(90), Optional.of("MigrationStalled")),
            new WaitingPod(NOW.minusSeconds(10), Optional.empty()));

    assertThat(metrics(List.of(), pods).scrape())
        .contains(
            "sluice_gate_pods{reason=\"MigrationStalled\"} 2.0",
            "sluice_gate_pods{reason=\"WaitingForMigration\"} 0.0",
            "sluice_gate_longest_wait_seconds 90.0");
  }
}
