package dev.sluice.operator.controller;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the events about an object that is stuck, not more often than every few seconds. */
final class EventLook {
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final int OBJECTS = 1000;

  private final KubernetesClient client;
  private final Map<String, Look> looks =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Look> eldest) {
          return size() > OBJECTS;
        }
      };

  EventLook(KubernetesClient client) {
    this.client = client;
  }

  List<Event> about(HasMetadata object, Instant now) {
    var uid = object.getMetadata().getUid();
    synchronized (looks) {
      var look = looks.get(uid);
      if (look != null && now.isBefore(look.at().plus(PAUSE))) {
        return look.events();
      }
    }
    var events =
        client
            .v1()
            .events()
            .inNamespace(object.getMetadata().getNamespace())
            .withField("involvedObject.uid", uid)
            .list()
            .getItems();
    synchronized (looks) {
      looks.put(uid, new Look(now, events));
    }
    return events;
  }

  private record Look(Instant at, List<Event> events) {}
}
