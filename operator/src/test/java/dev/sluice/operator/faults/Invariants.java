package dev.sluice.operator.faults;

import dev.sluice.api.DatabaseMigration;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.Watcher.Action;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Looks at every event of the migrations and Jobs of a world. */
final class Invariants {
  private final List<String> broken = new CopyOnWriteArrayList<>();
  private final JobRules jobs;
  private final StatusRules statuses;

  Invariants(SimulatedDatabase ledger) {
    jobs = new JobRules(ledger, broken::add);
    statuses = new StatusRules(ledger, broken::add);
  }

  void look(Action action, HasMetadata resource) {
    switch (resource) {
      case Job job -> jobs.look(action, job);
      case DatabaseMigration migration -> statuses.look(migration);
      default -> {}
    }
  }

  /** What another one found. */
  void add(String violation) {
    broken.add(violation);
  }

  List<String> broken() {
    return List.copyOf(broken);
  }
}
