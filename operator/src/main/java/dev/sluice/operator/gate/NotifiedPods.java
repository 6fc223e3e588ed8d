package dev.sluice.operator.gate;

import dev.sluice.operator.controller.BoundedMap;
import dev.sluice.operator.gate.GateDecision.Closed;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each pod was told, so that it is told again only when that changes. */
final class NotifiedPods {
  /**
   * @param last null: nothing yet
   */
  private record TransitionReporter(Instant since, @Nullable String last) {}

  private final Duration grace;
  private final Map<String, TransitionReporter> all = new BoundedMap<>();

  /** {@code grace}: what was applied together with the pod may come a little later than it. */
  NotifiedPods(Duration grace) {
    this.grace = grace;
  }

  /** Whether this is to be told now. */
  synchronized boolean isNews(Pod pod, Closed closed, Instant now) {
    var uid = pod.getMetadata().getUid();
    var known = all.computeIfAbsent(uid, _ -> new TransitionReporter(now, null));
    var early = Duration.between(known.since(), now).abs().compareTo(grace) < 0;
    if ((closed.warning() && early) || closed.message().equals(known.last())) {
      return false;
    }
    all.put(uid, new TransitionReporter(known.since(), closed.message()));
    return true;
  }
}
