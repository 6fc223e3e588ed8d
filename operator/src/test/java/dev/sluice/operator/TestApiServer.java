package dev.sluice.operator;

import dev.sluice.api.DatabaseMigration;
import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A real kube-apiserver with etcd, one for all tests of this JVM, from the programs that
 * e2e/cluster/build makes.
 */
final class TestApiServer {
  private static @Nullable TestApiServer shared;

  private final KubeAPIServer server;
  private final Path programs;

  private TestApiServer(KubeAPIServer server, Path programs) {
    this.server = server;
    this.programs = programs;
  }

  /** Aborts the test where none can be had, unless {@code sluice.e2e} is required. */
  static synchronized TestApiServer shared() {
    if (shared == null) {
      shared = start(programs().orElseGet(TestApiServer::none));
    }
    return shared;
  }

  Config config() {
    return Config.fromKubeconfig(kubeconfig());
  }

  String kubeconfig() {
    return server.getKubeConfigYaml();
  }

  /** The kubectl of its version. */
  Path kubectl() {
    return programs.resolve("kubectl");
  }

  private static TestApiServer start(Path programs) {
    try {
      // a folder of its own, for the server writes its certificates there
      var folder = Files.createTempDirectory("sluice-api");
      var name = programs.getFileName().toString();
      Files.createSymbolicLink(
          Files.createDirectory(folder.resolve("k8s")).resolve(name), programs);
      var server =
          new KubeAPIServer(
              KubeAPIServerConfigBuilder.anAPIServerConfig()
                  .withTestDir(folder.toString())
                  .withOfflineMode(true)
                  .withApiServerVersion(name.substring(0, name.indexOf('-')))
                  .withUpdateKubeConfig(false)
                  .withStartupTimeout(120_000)
                  .build());
      Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
      server.start();
      var started = new TestApiServer(server, programs);
      started.installCrd();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void installCrd() throws IOException {
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config()).build();
        InputStream crd =
            new FileInputStream(
                root().resolve("crds/databasemigrations.sluice.dev.yaml").toFile())) {
      client.load(crd).serverSideApply();
      TestNamespace.await()
          .ignoreExceptions()
          .until(() -> client.resources(DatabaseMigration.class).inAnyNamespace().list() != null);
    }
  }

  private static Path none() {
    var reason = "no kube-apiserver: install Go 1.26 and run e2e/cluster/build";
    if ("required".equals(System.getProperty("sluice.e2e"))) {
      Assertions.fail(reason);
    }
    return Assumptions.abort(reason);
  }

  /** Builds them when they aren't there; what is built, and how long it takes, is seen. */
  private static Optional<Path> programs() {
    try {
      var build =
          new ProcessBuilder(root().resolve("e2e/cluster/build").toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      var out = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (build.waitFor() != 0) {
        return Optional.empty();
      }
      try (var versions = Files.list(Path.of(out, "k8s"))) {
        return versions.max(Comparator.naturalOrder());
      }
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Path root() {
    var told = System.getProperty("sluice.root");
    return told == null ? Path.of("..").toAbsolutePath().normalize() : Path.of(told);
  }
}
