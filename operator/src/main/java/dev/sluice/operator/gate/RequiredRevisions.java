package dev.sluice.operator.gate;

import dev.sluice.operator.controller.RequiredByPods;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.stream.Stream;

/** The revisions that pods require by their annotation; no pod starts a run by it. */
public final class RequiredRevisions implements RequiredByPods {
  /** As many revisions of one migration as are looked for. */
  private static final int MOST = 30;

  private final KubernetesClient client;
  private final WaitingPods waiting;

  public RequiredRevisions(KubernetesClient client, WaitingPods waiting) {
    this.client = client;
    this.waiting = waiting;
  }

  @Override
  public List<String> waiting(String namespace, String migration) {
    return revisions(waiting.of(namespace, migration), migration);
  }

  @Override
  public List<String> existing(String namespace, String migration) {
    return revisions(client.pods().inNamespace(namespace).list().getItems().stream(), migration);
  }

  private static List<String> revisions(Stream<Pod> pods, String migration) {
    return pods.map(GatedPod::required)
        .flatMap(RequiredRevisions::all)
        .filter(required -> required.migration().equals(migration))
        .map(RequiredRevision::revision)
        .distinct()
        .sorted()
        .limit(MOST)
        .toList();
  }

  private static Stream<RequiredRevision> all(RequiredRevision.Parsed parsed) {
    return switch (parsed) {
      case RequiredRevision.Parsed.All(var requirements) -> requirements.stream();
      case RequiredRevision.Parsed.Malformed _ -> Stream.empty();
    };
  }
}
