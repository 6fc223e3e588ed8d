package dev.sluice.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** An operator in a process of its own, which can be frozen. */
final class OperatorJvm implements AutoCloseable {
  private final Process process;
  private final Path log;

  /** It elects a leader with others in the namespace. */
  OperatorJvm(String namespace, String name) {
    try {
      var kubeconfig = Files.createTempFile("kubeconfig", null);
      Files.writeString(kubeconfig, TestApiServer.shared().kubeconfig());
      log = Files.createTempFile(name, ".log");
      var builder =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:TieredStopAtLevel=1",
              "-cp",
              System.getProperty("java.class.path"),
              OperatorMain.class.getName());
      builder.environment().keySet().removeIf(variable -> variable.startsWith("SLUICE_"));
      builder.environment().put("KUBECONFIG", kubeconfig.toString());
      builder.environment().put("SLUICE_RUNNER_IMAGE", "runner:1");
      builder.environment().put("SLUICE_WATCH_NAMESPACES", namespace);
      builder.environment().put("SLUICE_NAMESPACE", namespace);
      builder.environment().put("SLUICE_LEADER_ELECTION", "true");
      builder.environment().put("SLUICE_HTTP_PORT", "0");
      builder.environment().put("POD_NAME", name);
      process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void freeze() {
    signal("STOP");
  }

  void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean ends() {
    try {
      return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() != 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  String log() {
    try {
      return Files.readString(log, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
