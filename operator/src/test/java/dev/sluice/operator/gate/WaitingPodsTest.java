package dev.sluice.operator.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Annotations;
import dev.sluice.api.DatabaseMigration;
import dev.sluice.operator.gate.WaitingPods.WaitingPod;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class WaitingPodsTest {
  private static final String CREATED = "2026-01-02T03:04:05Z";

  private final Pods pods = new Pods();
  private final List<String> lookups = new ArrayList<>();
  private final WaitingPods waiting = new WaitingPods(this::find);

  private Optional<DatabaseMigration> find(String namespace, String name) {
    lookups.add(namespace + "/" + name);
    return Optional.empty();
  }

  @Test
  void aPassLooksAtEachMigrationOnce() {
    IntStream.range(0, 100).forEach(n -> pods.all.add(pod("shop@1.42." + n)));
    waiting.watch(pods);

    assertThat(waiting.all())
        .hasSize(100)
        .allMatch(new WaitingPod(Instant.parse(CREATED), Optional.of("MigrationMissing"))::equals);
    assertThat(lookups).containsExactly("team/shop");
    assertThat(pods.lists).isEqualTo(1);
  }

  @Test
  void noneWaitBeforeTheCacheIsThere() {
    assertThat(waiting.all()).isEmpty();
  }

  @Test
  void aPodWithoutTheGateDoesNotWait() {
    pods.all.add(new PodBuilder(pod("shop@1")).editSpec().withSchedulingGates().endSpec().build());
    waiting.watch(pods);

    assertThat(waiting.all()).isEmpty();
  }

  private static Pod pod(String requires) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("team")
        .withCreationTimestamp(CREATED)
        .addToAnnotations(Annotations.REQUIRES, requires)
        .endMetadata()
        .withNewSpec()
        .addNewSchedulingGate(Annotations.GATE)
        .endSpec()
        .build();
  }

  /** A cache that counts how often it is gone through. */
  private static final class Pods implements IndexerResourceCache<Pod> {
    private final List<Pod> all = new ArrayList<>();
    private int lists;

    @Override
    public Stream<Pod> list(Predicate<Pod> predicate) {
      lists++;
      return all.stream().filter(predicate);
    }

    @Override
    public Stream<Pod> list(String namespace, Predicate<Pod> predicate) {
      return list(predicate);
    }

    @Override
    public Optional<Pod> get(ResourceID id) {
      return Optional.empty();
    }

    @Override
    public Stream<ResourceID> keys() {
      return Stream.empty();
    }

    @Override
    public void addIndexers(Map<String, Function<Pod, List<String>>> indexers) {
      // nobody asks by index here
    }

    @Override
    public List<Pod> byIndex(String index, String key) {
      return List.of();
    }
  }
}
