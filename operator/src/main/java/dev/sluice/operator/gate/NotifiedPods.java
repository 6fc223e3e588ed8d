package dev.sluice.operator.gate;

import dev.sluice.operator.controller.BoundedMap;
import dev.sluice.operator.gate.GateDecision.Closed;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which event each pod got last, so that it gets another only when that changes. */
final class NotifiedPods {
  /**
   * @param last null: nothing yet
   */
  private record Notified(Instant since, @Nullable String last) {}

  private final Duration grace;
  private final Map<String, Notified> all = new BoundedMap<>();

  /** {@code grace}: what was applied together with the pod may come a little later than it. */
  NotifiedPods(Duration grace) {
    this.grace = grace;
  }

  /** Whether nothing was said of this yet. */
  synchronized boolean isNew(Pod pod, String message, Instant now) {
    var uid = pod.getMetadata().getUid();
    var known = all.computeIfAbsent(uid, _ -> new Notified(now, null));
    all.put(uid, new Notified(known.since(), message));
    return !message.equals(known.last());
  }

  /** Whether an event about this is due. */
  synchronized boolean isDue(Pod pod, Closed closed, Instant now) {
    var uid = pod.getMetadata().getUid();
    var known = all.computeIfAbsent(uid, _ -> new Notified(now, null));
    var early = Duration.between(known.since(), now).abs().compareTo(grace) < 0;
    if ((closed.hold().warning() && early) || closed.message().equals(known.last())) {
      return false;
    }
    all.put(uid, new Notified(known.since(), closed.message()));
    return true;
  }
}
