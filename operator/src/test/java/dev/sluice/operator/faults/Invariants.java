package dev.sluice.operator.faults;

import dev.sluice.api.DatabaseMigration;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** Looks at every event of migrations and Jobs, on a connection that has no faults. */
final class Invariants implements AutoCloseable {
  private final List<String> broken = new CopyOnWriteArrayList<>();
  private final List<Watch> watches;

  Invariants(KubernetesClient client, String namespace, Ledger ledger) {
    var jobs = new JobRules(ledger, broken::add);
    var statuses = new StatusRules(ledger, broken::add);
    watches =
        List.of(
            client.batch().v1().jobs().inNamespace(namespace).watch(look(jobs::look)),
            client
                .resources(DatabaseMigration.class)
                .inNamespace(namespace)
                .watch(look((_, migration) -> statuses.look(migration))));
  }

  /** What another one found. */
  void add(String violation) {
    broken.add(violation);
  }

  List<String> broken() {
    return List.copyOf(broken);
  }

  private <R extends HasMetadata> Watcher<R> look(BiConsumer<Watcher.Action, R> rules) {
    return new Watcher<>() {
      @Override
      public void eventReceived(Action action, R resource) {
        try {
          rules.accept(action, resource);
        } catch (RuntimeException e) {
          broken.add("a rule can't be checked: " + e);
        }
      }

      @Override
      public void onClose(WatcherException cause) {
        broken.add("the invariants are no longer watched: " + cause);
      }
    };
  }

  @Override
  public void close() {
    watches.forEach(Watch::close);
  }

}
