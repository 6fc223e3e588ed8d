package dev.sluice.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Programs that {@code e2e/cluster/build} makes; they run in the repository's root. */
final class BuiltProgram {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private BuiltProgram() {}

  /** How a process ended, and what it printed. */
  record Ended(int exit, String output) {}

  /** Skips the test where it can't be built, unless {@code sluice.e2e} is required. */
  static Path of(String name) {
    var build = run(new ProcessBuilder("e2e/cluster/build", name));
    if (build.exit() != 0) {
      if ("required".equals(System.getProperty("sluice.e2e"))) {
        Assertions.fail(build.output());
      }
      Assumptions.abort(build.output());
    }
    return Path.of(build.output().lines().toList().getLast(), name);
  }

  static Ended run(ProcessBuilder builder) {
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
