package dev.sluice.operator.gate;

import dev.sluice.api.DatabaseMigration;
import dev.sluice.operator.gate.GateDecision.Closed;
import dev.sluice.operator.gate.GateDecision.Hold;
import dev.sluice.operator.gate.GateDecision.Open;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pods that wait at a gate, as the cache has them. */
public final class WaitingPods {
  /** Every reason for which a pod may wait. */
  public static final List<String> REASONS =
      Arrays.stream(Hold.values()).map(Hold::reason).toList();

  private final BiFunction<String, String, Optional<DatabaseMigration>> migrations;
  private volatile @Nullable IndexerResourceCache<Pod> cache;

  /** {@code migrations} gives a migration by namespace and name. */
  public WaitingPods(BiFunction<String, String, Optional<DatabaseMigration>> migrations) {
    this.migrations = migrations;
  }

  /**
   * A pod that waits.
   *
   * @param reason empty: its gate is about to open
   */
  public record WaitingPod(Instant since, Optional<String> reason) {}

  void watch(IndexerResourceCache<Pod> pods) {
    cache = pods;
  }

  /** All of them in one pass, which looks at each migration once. */
  public Stream<WaitingPod> all() {
    var pods = cache;
    if (pods == null) {
      return Stream.empty();
    }
    var known = new HashMap<String, RequiredMigration>();
    return pods.list(GatedPod::waits)
        .map(pod -> {
          var namespace = pod.getMetadata().getNamespace();
          var decision =
              GateDecision.decide(
                  GatedPod.required(pod),
                  name ->
                      known.computeIfAbsent(
                          namespace + "/" + name, _ -> find(namespace, name, migrations)));
          return new WaitingPod(
              Instant.parse(pod.getMetadata().getCreationTimestamp()), reason(decision));
        });
  }

  static RequiredMigration find(
      String namespace,
      String name,
      BiFunction<String, String, Optional<DatabaseMigration>> migrations) {
    return RequiredMigration.of(migrations.apply(namespace, name).orElse(null));
  }

  private static Optional<String> reason(GateDecision decision) {
    return switch (decision) {
      case Open _ -> Optional.empty();
      case Closed(var hold, _) -> Optional.of(hold.reason());
    };
  }
}
