package dev.sluice.e2e.harness;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.Optional;

/** A Kubernetes that the tests may use. */
interface Cluster extends AutoCloseable {

  KubernetesClient client();

  /** A file that leads to it, for programs other than the client. */
  Path kubeconfig();

  /** Makes a docker-archive's image known to its nodes; returns the name that pods use. */
  String load(String image, Path archive);

  /** Stops and starts its node, with all that runs there; empty where a test may not. */
  default Optional<Runnable> nodeRestart() {
    return Optional.empty();
  }

  @Override
  void close();
}
