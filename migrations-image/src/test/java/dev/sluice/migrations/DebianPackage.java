package dev.sluice.migrations;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program that a test needs, and the package that brings it. */
public record DebianPackage(String name, Path program) {
  /** Gets it where that is possible; else the test is skipped, or fails where it is required. */
  public void installed() throws IOException, InterruptedException {
    if (Files.isExecutable(program)) {
      return;
    }
    var apt = Path.of("/usr/bin/apt-get");
    if (isRoot() && Files.isExecutable(apt)) {
      run(apt.toString(), "-q", "update");
      run(apt.toString(), "-q", "install", "-y", "--no-install-recommends", name);
    }
    if (!Files.isExecutable(program)) {
      var reason = "no " + program + " here: install the package " + name;
      if ("required".equals(System.getProperty("sluice.e2e"))) {
        fail(reason);
      }
      abort(reason);
    }
  }

  static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static void run(String... command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
    builder.start().waitFor();
  }
}
