package dev.sluice.operator.controller;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Reads the events about objects that are stuck. It asks for those of a whole namespace, not more
 * often than every few seconds: the API server goes through all of them anyway, and where one
 * object is stuck many may be.
 */
final class WarningEvents {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final KubernetesClient client;
  private final Map<String, Look> looks = new ConcurrentHashMap<>();

  WarningEvents(KubernetesClient client) {
    this.client = client;
  }

  List<Event> about(HasMetadata object, Instant now) {
    looks.values().removeIf(look -> look.old(now));
    return looks
        .computeIfAbsent(object.getMetadata().getNamespace(), namespace -> look(namespace, now))
        .events()
        .getOrDefault(object.getMetadata().getUid(), List.of());
  }

  private Look look(String namespace, Instant now) {
    return new Look(
        now,
        client
            .v1()
            .events()
            .inNamespace(namespace)
            .withField("type", "Warning")
            .list()
            .getItems()
            .stream()
            .filter(event -> event.getInvolvedObject().getUid() != null)
            .collect(Collectors.groupingBy(event -> event.getInvolvedObject().getUid())));
  }

  /** Warnings by the uid of what they are about. */
  private record Look(Instant at, Map<String, List<Event>> events) {
    boolean old(Instant now) {
      return !now.isBefore(at.plus(PAUSE));
    }
  }
}
