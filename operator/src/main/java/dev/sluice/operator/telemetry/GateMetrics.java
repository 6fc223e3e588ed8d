package dev.sluice.operator.telemetry;

import dev.sluice.operator.gate.WaitingPods;
import dev.sluice.operator.gate.WaitingPods.WaitingPod;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** How many pods wait at a gate, why and for how long; never by name. */
public final class GateMetrics implements Metrics.Counted {
  private final Supplier<Stream<WaitingPod>> pods;
  private final InstantSource clock;
  private volatile Counts counts = new Counts(Map.of(), 0);

  public GateMetrics(
      MeterRegistry registry, Supplier<Stream<WaitingPod>> pods, InstantSource clock) {
    this.pods = pods;
    this.clock = clock;
    for (var reason : WaitingPods.REASONS) {
      Gauge.builder("sluice.gate.pods", () -> counts.waiting().getOrDefault(reason, 0))
          .tag("reason", reason)
          .description("Pods that wait for a migration")
          .register(registry);
    }
    Gauge.builder("sluice.gate.longest.wait", () -> counts.longest())
        .baseUnit("seconds")
        .description("Age of the oldest pod that waits for a migration; 0 when none does")
        .register(registry);
  }

  private record Counts(Map<String, Integer> waiting, long longest) {}

  @Override
  public void count() {
    var waiting = new HashMap<String, Integer>();
    var oldest = new Instant[] {clock.instant()};
    var now = oldest[0];
    pods.get()
        .forEach(pod -> {
          pod.reason().ifPresent(reason -> waiting.merge(reason, 1, Integer::sum));
          if (pod.since().isBefore(oldest[0])) {
            oldest[0] = pod.since();
          }
        });
    counts = new Counts(waiting, Duration.between(oldest[0], now).toSeconds());
  }
}
