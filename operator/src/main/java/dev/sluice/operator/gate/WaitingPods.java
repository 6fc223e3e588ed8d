package dev.sluice.operator.gate;

import dev.sluice.api.DatabaseMigration;
import dev.sluice.operator.controller.BoundedMap;
import dev.sluice.operator.gate.GateDecision.Hold;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pods that wait at a gate, as the cache has them. */
public final class WaitingPods {
  private static final String BY_MIGRATION = "sluice.dev/migration";

  /** Every reason for which a pod may wait. */
  public static final List<String> REASONS =
      Arrays.stream(Hold.values()).map(Hold::reason).toList();

  private final BiFunction<String, String, Optional<DatabaseMigration>> migrations;
  private final Map<String, Boolean> refused = new BoundedMap<>();
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
    pods.addIndexer(BY_MIGRATION, WaitingPods::keys);
    cache = pods;
  }

  /** Those that require a revision of that migration. */
  Stream<Pod> of(String namespace, String migration) {
    var pods = cache;
    return pods == null
        ? Stream.empty()
        : pods.byIndex(BY_MIGRATION, key(namespace, migration)).stream();
  }

  private static List<String> keys(Pod pod) {
    return GatedPod.waits(pod)
            && GatedPod.required(pod) instanceof RequiredRevision.Parsed.All(var requirements)
        ? requirements.stream()
            .map(r -> key(pod.getMetadata().getNamespace(), r.migration()))
            .distinct()
            .toList()
        : List.of();
  }

  private static String key(String namespace, String name) {
    return namespace + "/" + name;
  }

  /** The API server refuses to let it pass. */
  void refused(Pod pod) {
    synchronized (refused) {
      refused.put(pod.getMetadata().getUid(), true);
    }
  }

  void notRefused(Pod pod) {
    synchronized (refused) {
      refused.remove(pod.getMetadata().getUid());
    }
  }

  private boolean isRefused(Pod pod) {
    synchronized (refused) {
      return refused.containsKey(pod.getMetadata().getUid());
    }
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
          var hold =
              GateDecision.hold(
                  GatedPod.required(pod),
                  name ->
                      known.computeIfAbsent(
                          namespace + "/" + name, _ -> find(namespace, name, migrations)));
          return new WaitingPod(
              Instant.parse(pod.getMetadata().getCreationTimestamp()), reason(pod, hold));
        });
  }

  static RequiredMigration find(
      String namespace,
      String name,
      BiFunction<String, String, Optional<DatabaseMigration>> migrations) {
    return RequiredMigration.of(migrations.apply(namespace, name).orElse(null));
  }

  private Optional<String> reason(Pod pod, Optional<Hold> hold) {
    return hold.or(() -> isRefused(pod) ? Optional.of(Hold.OPENING_REFUSED) : Optional.empty())
        .map(Hold::reason);
  }
}
