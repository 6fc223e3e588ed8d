package dev.sluice.e2e.harness;

import dev.sluice.api.DatabaseMigration;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What there is to see in a namespace, Secrets aside. */
final class Diagnostics {

  private Diagnostics() {}

  /** Into the build folder. */
  static void write(Stage stage, Site site, String test) {
    var folder = stage.repository().target("e2e");
    try {
      write(folder.resolve(test + ".txt"), of(stage.client(), site.namespace()));
      write(folder.resolve(test + "-operator.txt"), of(stage.client(), Stage.OPERATOR_NAMESPACE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
    System.err.println("e2e: what was to see is in " + file);
  }

  static String of(KubernetesClient client, String namespace) {
    var text = new StringBuilder();
    client
        .resources(DatabaseMigration.class)
        .inNamespace(namespace)
        .list()
        .getItems()
        .forEach(m -> text.append(yaml(m)));
    client
        .v1()
        .events()
        .inNamespace(namespace)
        .list()
        .getItems()
        .forEach(e ->
            text.append(
                "%s %s/%s %s: %s%n"
                    .formatted(
                        e.getLastTimestamp(),
                        e.getInvolvedObject().getKind(),
                        e.getInvolvedObject().getName(),
                        e.getReason(),
                        e.getMessage())));
    client
        .batch()
        .v1()
        .jobs()
        .inNamespace(namespace)
        .list()
        .getItems()
        .forEach(j -> text.append(yaml(j)));
    client
        .pods()
        .inNamespace(namespace)
        .list()
        .getItems()
        .forEach(p -> text.append(yaml(p)).append(logs(client, p)));
    return text.toString();
  }

  /** Without who set which field. */
  private static String yaml(HasMetadata object) {
    object.getMetadata().setManagedFields(List.of());
    return Serialization.asYaml(object);
  }

  /** Of each container, in the order in which they work. */
  private static String logs(KubernetesClient client, Pod pod) {
    return Stream.concat(
            pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
        .map(container -> log(client, pod, container.getName()))
        .collect(Collectors.joining());
  }

  private static String log(KubernetesClient client, Pod pod, String container) {
    var name = pod.getMetadata().getName();
    var which = name + " " + container;
    try {
      var pods = client.pods().inNamespace(pod.getMetadata().getNamespace());
      var log = pods.withName(name).inContainer(container).getLog();
      return "--- log of %s%n%s%n".formatted(which, log);
    } catch (KubernetesClientException e) { // its container hasn't started
      return "--- no log of %s: %s%n".formatted(which, e.getMessage());
    }
  }
}
