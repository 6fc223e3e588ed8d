package dev.sluice.operator.faults;

import dev.sluice.api.DatabaseMigration;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.Watcher.Action;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Listable;
import io.fabric8.kubernetes.client.dsl.Watchable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All migrations and Jobs of the API server, watched once for all worlds, without faults. */
final class SharedWatch {
  private final Map<String, FaultNamespace> worlds = new ConcurrentHashMap<>();
  private final Map<String, Map<String, HasMetadata>> objects = new ConcurrentHashMap<>();

  SharedWatch(KubernetesClient client) {
    watch(DatabaseMigration.class, client.resources(DatabaseMigration.class).inAnyNamespace());
    watch(Job.class, client.batch().v1().jobs().inAnyNamespace());
  }

  void add(FaultNamespace world) {
    worlds.put(world.namespace, world);
  }

  void remove(FaultNamespace world) {
    worlds.remove(world.namespace);
    objects.remove(world.namespace);
  }

  List<Job> jobs(String namespace) {
    return objects(namespace).values().stream()
        .filter(Job.class::isInstance)
        .map(Job.class::cast)
        .toList();
  }

  /** Null: there is none. */
  @Nullable DatabaseMigration migration(String namespace, String name) {
    return (DatabaseMigration) objects(namespace).get("DatabaseMigration " + name);
  }

  private Map<String, HasMetadata> objects(String namespace) {
    return objects.computeIfAbsent(namespace, _ -> new ConcurrentHashMap<>());
  }

  private <
          R extends HasMetadata,
          O extends Watchable<R> & Listable<? extends KubernetesResourceList<R>>>
      void watch(Class<R> kind, O resources) {
    resources.watch(
        new Watcher<R>() {
          @Override
          public void eventReceived(Action action, R resource) {
            seen(action, resource);
          }

          @Override
          public void onClose(WatcherException cause) {
            if (cause.isHttpGone()) {
              // too slow for the API server: a new watch tells what is there, but not what went
              Thread.startVirtualThread(() -> {
                forget(kind, resources.list().getItems());
                watch(kind, resources);
              });
            } else {
              worlds.values().forEach(w -> w.broken("nothing is seen any more: " + cause));
            }
          }
        });
  }

  private <R extends HasMetadata> void forget(Class<R> kind, List<R> there) {
    var uids = there.stream().map(r -> r.getMetadata().getUid()).collect(Collectors.toSet());
    objects.values().stream()
        .flatMap(o -> o.values().stream())
        .filter(r -> kind.isInstance(r) && !uids.contains(r.getMetadata().getUid()))
        .toList()
        .forEach(r -> seen(Action.DELETED, r));
  }

  private void seen(Action action, HasMetadata resource) {
    var meta = resource.getMetadata();
    var key = resource.getKind() + " " + meta.getName();
    var world = worlds.get(meta.getNamespace());
    if (action == Action.DELETED) {
      objects(meta.getNamespace()).remove(key);
    } else {
      objects(meta.getNamespace()).put(key, resource);
    }
    if (world != null) {
      try {
        world.seen(action, resource);
      } catch (RuntimeException e) {
        world.broken("a rule can't be checked: " + e);
      }
    }
  }
}
