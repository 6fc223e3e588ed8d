package dev.sluice.e2e.harness;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The repository's one-node cluster. It goes on running, so that the next tests start at once. */
record OwnCluster(Repository repository, Path kubeconfig, KubernetesClient client)
    implements Cluster {

  private static final String KUBECONFIG = "export KUBECONFIG=";

  static OwnCluster up(Repository repository) {
    var kubeconfig =
        repository.script("e2e/cluster/up", List.of()).stream()
            .filter(line -> line.startsWith(KUBECONFIG))
            .map(line -> Path.of(line.substring(KUBECONFIG.length())))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("e2e/cluster/up named no kubeconfig"));
    var config = Config.fromKubeconfig(kubeconfig.toFile());
    config.setClientKeyAlgo("EC");
    return new OwnCluster(
        repository, kubeconfig, new KubernetesClientBuilder().withConfig(config).build());
  }

  @Override
  public synchronized String load(String image, Path archive) {
    repository.script("e2e/cluster/load", List.of(archive.toString()));
    return image;
  }

  @Override
  public Optional<Runnable> nodeRestart() {
    return Optional.of(() -> {
      repository.script("e2e/cluster/down", List.of());
      repository.script("e2e/cluster/up", List.of());
    });
  }

  @Override
  public void close() {
    client.close();
  }
}
