package dev.sluice.e2e.harness;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;

/** A Kubernetes that the tests may use. */
interface Cluster extends AutoCloseable {

  KubernetesClient client();

  /** A file that leads to it, for programs other than the client. */
  Path kubeconfig();

  /** Makes a docker-archive's image known to its nodes; returns the name that pods use. */
  String load(String image, Path archive);

  @Override
  void close();
}
