package dev.sluice.e2e.harness;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** A k3s in a container, for this run only. */
record K3sCluster(K3sContainer k3s, Path kubeconfig, KubernetesClient client) implements Cluster {

  private static final DockerImageName IMAGE = DockerImageName.parse("rancher/k3s:v1.35.4-k3s1");

  static K3sCluster start(Repository repository) {
    var k3s = new K3sContainer(IMAGE);
    k3s.start();
    try {
      var yaml = k3s.getKubeConfigYaml();
      var kubeconfig = repository.target("e2e").resolve("kubeconfig");
      Files.writeString(kubeconfig, yaml);
      var config = Config.fromKubeconfig(yaml);
      return new K3sCluster(
          k3s, kubeconfig, new KubernetesClientBuilder().withConfig(config).build());
    } catch (IOException e) {
      k3s.stop();
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized String load(String image, Path archive) {
    try {
      k3s.copyFileToContainer(MountableFile.forHostPath(archive), "/tmp/image.tar");
      var done = k3s.execInContainer("ctr", "-n", "k8s.io", "images", "import", "/tmp/image.tar");
      if (done.getExitCode() != 0) {
        throw new Program.FailedException("ctr didn't import " + image + ": " + done.getStderr());
      }
      return image;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + image + " was loaded", e);
    }
  }

  @Override
  public void close() {
    client.close();
    k3s.stop();
  }
}
