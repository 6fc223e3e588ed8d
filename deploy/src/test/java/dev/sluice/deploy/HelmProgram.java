package dev.sluice.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** A real Helm at a cluster; its folder is the repository's root, as in the documents. */
record HelmProgram(Path folder, Path kubeconfig) {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** How lines ended, and what they said. */
  record Ended(int exit, String output) {}

  /**
   * {@code helm3} or {@code helm4}; skips the test where it can't be built, unless {@code
   * sluice.e2e} is required.
   */
  static HelmProgram of(String program, Path folder, Path kubeconfig) throws IOException {
    var build = run(new ProcessBuilder("e2e/cluster/build", program));
    if (build.exit() != 0) {
      if ("required".equals(System.getProperty("sluice.e2e"))) {
        Assertions.fail(build.output());
      }
      Assumptions.abort(build.output());
    }
    var built = Path.of(build.output().lines().toList().getLast(), program);
    Files.createSymbolicLink(folder.resolve("helm"), built);
    return new HelmProgram(folder, kubeconfig);
  }

  /** Runs bash lines; the first that fails ends them. */
  Ended run(String lines) {
    var builder = new ProcessBuilder("bash", "-ec", lines);
    var environment = builder.environment();
    environment.put("KUBECONFIG", kubeconfig.toString());
    environment.merge("PATH", "", (path, _) -> folder + ":" + path);
    List.of("HELM_CACHE_HOME", "HELM_CONFIG_HOME", "HELM_DATA_HOME")
        .forEach(cache -> environment.put(cache, folder.resolve("cache").toString()));
    return run(builder);
  }

  private static Ended run(ProcessBuilder builder) {
    try {
      var process = builder.directory(ROOT.toFile()).redirectErrorStream(true).start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a program ran", e);
    }
  }
}
