package dev.sluice.operator.faults;

import dev.sluice.operator.job.RunLabels;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.Watcher.Action;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** One run at a time, numbers that only grow, none after a failure for good. */
final class JobRules {
  private final SimulatedDatabase ledger;
  private final Consumer<String> broken;
  private final Map<String, String> active = new HashMap<>();
  private final Map<String, Long> numbers = new HashMap<>();

  JobRules(SimulatedDatabase ledger, Consumer<String> broken) {
    this.ledger = ledger;
    this.broken = broken;
  }

  void look(Action action, Job job) {
    var name = job.getMetadata().getName();
    var marks = RunLabels.of(job);
    var uid = marks.getOrDefault(RunLabels.UID, "");
    if (action == Action.ADDED) {
      created(name, marks, uid);
    }
    if (action == Action.DELETED || over(job)) {
      active.remove(name);
    } else {
      active.put(name, uid);
    }
    if (active.values().stream().filter(uid::equals).count() > 1) {
      broken.accept("I1: more than one active Job of " + uid + ": " + active.keySet());
    }
  }

  private void created(String name, Map<String, String> marks, String uid) {
    var number = Long.parseLong(marks.getOrDefault(RunLabels.RUN, "0"));
    var before = numbers.put(uid, number);
    if (before != null && number <= before && !ledger.hasVanished(uid, number)) {
      broken.accept("Job %s was created after run %d".formatted(name, before));
    }
    if (ledger.forbids(marks)) {
      broken.accept("I8: Job " + name + " was created after a failure for good");
    }
  }

  static boolean over(Job job) {
    return job.getStatus() != null
        && job.getStatus().getConditions().stream()
            .anyMatch(c ->
                "True".equals(c.getStatus())
                    && ("Complete".equals(c.getType()) || "Failed".equals(c.getType())));
  }
}
