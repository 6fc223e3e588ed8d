package dev.sluice.operator.controller;

import dev.sluice.operator.decision.Timings;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Reads the events about objects that are stuck. It asks for those of a whole namespace, not more
 * often than every few seconds: the API server goes through all of them anyway, and where one
 * object is stuck many may be.
 */
public final class WarningEvents {
  private final KubernetesClient client;
  private final Map<String, Look> looks = new ConcurrentHashMap<>();

  public WarningEvents(KubernetesClient client) {
    this.client = client;
  }

  List<Event> about(HasMetadata object, Instant now) {
    return latest(object.getMetadata().getNamespace(), now)
        .events()
        .getOrDefault(object.getMetadata().getUid(), List.of());
  }

  /** Whoever comes first asks the API server, holding no lock; the others wait for that answer. */
  private Look latest(String namespace, Instant now) {
    looks.values().removeIf(look -> look.old(now));
    var mine = new Look(now, new CompletableFuture<>());
    var earlier = looks.putIfAbsent(namespace, mine);
    if (earlier != null) {
      return earlier;
    }
    try {
      mine.answer().complete(list(namespace));
    } catch (RuntimeException | Error e) {
      looks.remove(namespace, mine);
      mine.answer().completeExceptionally(e);
    }
    return mine;
  }

  private Map<String, List<Event>> list(String namespace) {
    return client
        .v1()
        .events()
        .inNamespace(namespace)
        .withField("type", "Warning")
        .list()
        .getItems()
        .stream()
        .filter(event -> event.getInvolvedObject().getUid() != null)
        .collect(Collectors.groupingBy(event -> event.getInvolvedObject().getUid()));
  }

  /** Warnings by the uid of what they are about. */
  private record Look(Instant at, CompletableFuture<Map<String, List<Event>>> answer) {
    boolean old(Instant now) {
      return !now.isBefore(at.plus(Timings.EVENT_LISTS));
    }

    Map<String, List<Event>> events() {
      try {
        return answer.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof KubernetesClientException refused) {
          throw refused;
        }
        throw e;
      }
    }
  }
}
