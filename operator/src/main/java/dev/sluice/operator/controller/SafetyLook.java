package dev.sluice.operator.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** When an object was looked at last, so that it is looked at once in a while. */
final class SafetyLook {
  private final Duration pause;
  private final Map<String, Instant> looks = new BoundedMap<>();

  SafetyLook(Duration pause) {
    this.pause = pause;
  }

  /** The first time it isn't; nor after a jump of the clock. */
  synchronized boolean due(HasMetadata object, Instant now) {
    var uid = object.getMetadata().getUid();
    var last = looks.putIfAbsent(uid, now);
    var due = last != null && Duration.between(last, now).abs().compareTo(pause) >= 0;
    if (due) {
      looks.put(uid, now);
    }
    return due;
  }
}
