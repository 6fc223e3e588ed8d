package dev.sluice.operator.controller;

import dev.sluice.api.DatabaseMigration;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The migrations that this process watches, for others in it that wait for them. */
public final class WatchedMigrations {
  private final KubernetesClient client;
  private volatile @Nullable IndexerResourceCache<DatabaseMigration> cache;
  private volatile Consumer<ResourceID> listener = _ -> {};

  public WatchedMigrations(KubernetesClient client) {
    this.client = client;
  }

  void watch(IndexerResourceCache<DatabaseMigration> watched) {
    cache = watched;
  }

  /** Calls back for each that was looked at, as it is after every change. */
  public void onLook(Consumer<ResourceID> whenLooked) {
    listener = whenLooked;
  }

  void looked(DatabaseMigration migration) {
    listener.accept(ResourceID.fromResource(migration));
  }

  /** All that the cache has, in one pass and without copies: to be read only. */
  public Stream<DatabaseMigration> all() {
    var watched = cache;
    return watched == null ? Stream.empty() : watched.list();
  }

  /** As the cache has it, which may lag. */
  public Optional<DatabaseMigration> seen(String namespace, String name) {
    var watched = cache;
    return watched == null ? Optional.empty() : watched.get(new ResourceID(name, namespace));
  }

  /** As the API server has it. */
  public Optional<DatabaseMigration> stored(String namespace, String name) {
    return Optional.ofNullable(
        client.resources(DatabaseMigration.class).inNamespace(namespace).withName(name).get());
  }
}
