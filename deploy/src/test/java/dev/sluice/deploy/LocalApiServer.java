package dev.sluice.deploy;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** A kube-apiserver and etcd of its own, from the programs that e2e/cluster/build made. */
final class LocalApiServer implements AutoCloseable {
  private final KubeAPIServer server;
  private final Path kubeconfig;
  private final Path link;

  private LocalApiServer(KubeAPIServer server, Path kubeconfig, Path link) {
    this.server = server;
    this.kubeconfig = kubeconfig;
    this.link = link;
  }

  /** Skips the test where the programs aren't there, unless {@code sluice.e2e} is required. */
  static LocalApiServer start(Path folder) throws IOException {
    return start(folder, List.of());
  }

  /** With flags beside its usual ones. */
  static LocalApiServer start(Path folder, List<String> flags) throws IOException {
    var programs = programs();
    if (programs.isEmpty()) {
      var reason = "no kube-apiserver: run e2e/cluster/build";
      if ("required".equals(System.getProperty("sluice.e2e"))) {
        Assertions.fail(reason);
      }
      Assumptions.abort(reason);
    }
    var k8s = programs.orElseThrow();
    // A folder of its own, for the server writes its certificates there.
    var name = Objects.requireNonNull(k8s.getFileName()).toString();
    var link = Files.createDirectory(folder.resolve("k8s")).resolve(name);
    Files.createSymbolicLink(link, k8s);
    var server =
        new KubeAPIServer(
            KubeAPIServerConfigBuilder.anAPIServerConfig()
                .withTestDir(folder.toString())
                .withOfflineMode(true)
                .withApiServerVersion(name.substring(0, name.indexOf('-')))
                .withUpdateKubeConfig(false)
                .withApiServerFlags(flags)
                .build());
    server.start();
    var kubeconfig = folder.resolve("kubeconfig");
    Files.writeString(kubeconfig, server.getKubeConfigYaml());
    return new LocalApiServer(server, kubeconfig, link);
  }

  /** With kubectl among them. */
  Path folder() {
    return link.toAbsolutePath();
  }

  Path kubeconfig() {
    return kubeconfig;
  }

  KubernetesClient client() {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(server.getKubeConfigYaml()))
        .build();
  }

  @Override
  public void close() throws IOException {
    server.stop();
    Files.delete(link);
  }

  private static Optional<Path> programs() {
    var cache =
        Optional.ofNullable(System.getenv("SLUICE_CACHE"))
            .map(Path::of)
            .orElseGet(() -> userCache().resolve("sluice"));
    var k8s = cache.resolve("cluster/k8s");
    if (!Files.isDirectory(k8s)) {
      return Optional.empty();
    }
    try (var list = Files.list(k8s)) {
      return list.filter(folder -> Files.isExecutable(folder.resolve("kube-apiserver")))
          .max(Path::compareTo);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path userCache() {
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
  }
}
