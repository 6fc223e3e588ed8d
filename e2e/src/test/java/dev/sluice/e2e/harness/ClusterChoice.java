package dev.sluice.e2e.harness;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;

/** The first cluster that can be had. */
sealed interface ClusterChoice {

  /** This one. */
  record Chosen(Cluster cluster) implements ClusterChoice {}

  /** None, and why. */
  record None(String reason) implements ClusterChoice {}

  /** A given context, else k3s in a Docker engine, else the repository's own one-node cluster. */
  static ClusterChoice make(Repository repository) {
    var context = Optional.ofNullable(System.getenv("SLUICE_E2E_CONTEXT"));
    var registry = Optional.ofNullable(System.getenv("SLUICE_E2E_REGISTRY"));
    if (context.isPresent() != registry.isPresent()) {
      return new None("SLUICE_E2E_CONTEXT and SLUICE_E2E_REGISTRY belong together: set both");
    }
    if (context.isPresent()) {
      return new Chosen(GivenCluster.of(repository, context.get(), registry.orElseThrow()));
    }
    var reasons = new ArrayList<String>();
    if (dockerAnswers()) {
      try {
        return new Chosen(K3sCluster.start(repository));
      } catch (RuntimeException e) {
        reasons.add("k3s doesn't start in the Docker engine: " + e.getMessage());
      }
    } else {
      reasons.add("no Docker engine answers");
    }
    return own(repository, reasons);
  }

  private static ClusterChoice own(Repository repository, List<String> reasons) {
    if (!"Linux".equals(System.getProperty("os.name")) || !isRoot()) {
      reasons.add("e2e/cluster/up needs Linux and root");
    } else {
      try {
        return new Chosen(OwnCluster.up(repository));
      } catch (Program.FailedException e) {
        reasons.add(String.valueOf(e.getMessage()));
      }
    }
    return new None(
        String.join("; ", reasons)
            + ". Give one of the three: SLUICE_E2E_CONTEXT=<kubectl context> with"
            + " SLUICE_E2E_REGISTRY=<where it may push>; a Docker engine; Linux as root.");
  }

  private static boolean dockerAnswers() {
    // asked only where there may be one, for the asking is loud and takes seconds
    return (System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock")))
        && DockerClientFactory.instance().isDockerAvailable();
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }
}
