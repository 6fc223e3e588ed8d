package dev.sluice.e2e.harness;

import dev.sluice.deploy.Chart;
import dev.sluice.deploy.Installation;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A cluster with Sluice and two PostgreSQL servers, made once for all tests of a run. */
final class Stage implements AutoCloseable {

  static final String OPERATOR_NAMESPACE = "sluice-system";

  /** Takes 10 s; a machine that does something else as well takes longer. */
  private static final Duration INSTALLATION = Duration.ofMinutes(6);

  private final Repository repository;
  private final Cluster cluster;
  private final Images images;
  private final Site servers;
  private final Postgres postgres;
  private final Postgres withoutTls;

  Stage(Repository repository, Cluster cluster) {
    this.repository = repository;
    this.cluster = cluster;
    this.images = Images.build(repository, cluster);
    this.servers = new Site(this, "databases-" + suffix());
    this.postgres = Postgres.withTls(servers, "postgres");
    this.withoutTls = Postgres.plain(servers, "plain");
    install();
    postgres.awaitReady();
    withoutTls.awaitReady();
  }

  private void install() {
    var operator = images.operator();
    var runner = images.runner();
    var set =
        Map.of(
            "image.repository", repositoryOf(operator),
            "image.tag", tagOf(operator),
            "runner.image.repository", repositoryOf(runner),
            "runner.image.tag", tagOf(runner),
            // another build under the same tag is another pod
            "podAnnotations.build", images.operatorBuild());
    try {
      new Chart(repository.root().resolve("deploy/chart/sluice"))
          .install(
              new Installation("sluice", OPERATOR_NAMESPACE, set, List.of()),
              cluster.kubeconfig(),
              Optional.of(INSTALLATION));
    } catch (IllegalStateException e) {
      tellWhy(e);
      throw e;
    }
  }

  /** Helm itself says only that it took too long. */
  private void tellWhy(IllegalStateException failed) {
    try {
      System.err.println(Diagnostics.of(cluster.client(), OPERATOR_NAMESPACE));
    } catch (KubernetesClientException e) {
      failed.addSuppressed(e);
    }
  }

  private static String repositoryOf(String image) {
    return image.substring(0, image.lastIndexOf(':'));
  }

  private static String tagOf(String image) {
    return image.substring(image.lastIndexOf(':') + 1);
  }

  Optional<Runnable> nodeRestart() {
    return cluster.nodeRestart();
  }

  /** A new namespace that trusts the servers. */
  Site site(String name) {
    var site = new Site(this, name + "-" + suffix());
    site.configMap(Site.AUTHORITY, Map.of("ca.pem", postgres.authority().orElseThrow()));
    return site;
  }

  /** Six hex digits that nobody else has. */
  static String suffix() {
    return HexFormat.of().toHexDigits(RandomGenerator.getDefault().nextInt(), 6);
  }

  Repository repository() {
    return repository;
  }

  KubernetesClient client() {
    return cluster.client();
  }

  Path kubeconfig() {
    return cluster.kubeconfig();
  }

  Images images() {
    return images;
  }

  Postgres postgres() {
    return postgres;
  }

  Postgres withoutTls() {
    return withoutTls;
  }

  @Override
  public void close() {
    servers.close();
    cluster.close();
  }
}
