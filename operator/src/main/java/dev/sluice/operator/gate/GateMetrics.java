package dev.sluice.operator.gate;

import dev.sluice.api.GateReasons;
import dev.sluice.operator.gate.GateDecision.Closed;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;

/** How many pods wait at a gate, why and for how long; never by name. */
public final class GateMetrics {
  private final MeterRegistry registry;
  private final InstantSource clock;

  public GateMetrics(MeterRegistry registry, InstantSource clock) {
    this.registry = registry;
    this.clock = clock;
  }

  void watch(IndexerResourceCache<Pod> pods, Function<Pod, GateDecision> decide) {
    for (var reason : GateReasons.CLOSED) {
      Gauge.builder("sluice.gate.pods", pods, p -> waiting(p, decide, reason))
          .tag("reason", reason)
          .description("Pods that wait for a migration")
          .register(registry);
    }
    Gauge.builder("sluice.gate.longest.wait", pods, this::longest)
        .baseUnit("seconds")
        .description("Age of the oldest pod that waits for a migration; 0 when none does")
        .register(registry);
  }

  private static long waiting(
      IndexerResourceCache<Pod> pods, Function<Pod, GateDecision> decide, String reason) {
    return pods.list(GatedPod::waits)
        .filter(pod -> decide.apply(pod) instanceof Closed closed && closed.reason().equals(reason))
        .count();
  }

  private double longest(IndexerResourceCache<Pod> pods) {
    return pods.list(GatedPod::waits)
        .map(pod -> Instant.parse(pod.getMetadata().getCreationTimestamp()))
        .map(since -> Duration.between(since, clock.instant()))
        .mapToDouble(Duration::toSeconds)
        .max()
        .orElse(0);
  }
}
