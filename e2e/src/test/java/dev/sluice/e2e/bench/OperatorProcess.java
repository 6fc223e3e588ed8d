package dev.sluice.e2e.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The operator as its image has it, in a process of its own. */
final class OperatorProcess implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofMinutes(3);
  private static final long TICKS = 100;

  private static final AtomicInteger NUMBER = new AtomicInteger();

  final String name = "bench-" + NUMBER.incrementAndGet();
  private final Process process;
  private final int port;
  private final Path output;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Instant started = Instant.now();
  private volatile boolean closing;

  /** The words @port and @name in {@code command} become the variables that tell these. */
  OperatorProcess(List<String> command, Path output) {
    this.output = output;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var whole = new ArrayList<String>();
    command.forEach(word ->
        whole.add(
            switch (word) {
              case "@port" -> "SLUICE_HTTP_PORT=" + port;
              case "@name" -> "POD_NAME=" + name;
              default -> word;
            }));
    try {
      process =
          new ProcessBuilder(whole)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /** What is measured makes no sense without it: its end is the end of all. */
  OperatorProcess needed() {
    ready();
    Thread.ofPlatform().daemon().start(this::watch);
    return this;
  }

  private void watch() {
    process.onExit().join();
    if (!closing) {
      OperatorBench.progress("the operator: " + lastWords());
      Runtime.getRuntime().halt(1);
    }
  }

  Instant started() {
    return started;
  }

  /** How long it took until /readyz said yes. */
  Duration ready() {
    while (!answers("/readyz")) {
      if (!process.isAlive()) {
        throw new Ended(lastWords());
      }
      if (sinceStart().compareTo(LONGEST) > 0) {
        throw new Ended("it isn't ready after " + LONGEST.toSeconds() + " s");
      }
      Polling.sleep(Duration.ofMillis(5));
    }
    return sinceStart();
  }

  Duration sinceStart() {
    return Duration.between(started, Instant.now());
  }

  Duration scrape() {
    var from = Instant.now();
    answers("/metrics");
    return Duration.between(from, Instant.now());
  }

  /** Processor time so far. */
  Duration cpu() {
    var stat = proc("stat");
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Duration.ofMillis(
        (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 1000 / TICKS);
  }

  /** Megabytes, VmRSS or VmHWM. */
  long memory(String kind) {
    return proc("status")
            .lines()
            .filter(line -> line.startsWith(kind + ":"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
            .findFirst()
            .orElse(0)
        / 1024;
  }

  private String proc(String name) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), name));
    } catch (IOException _) {
      throw new Ended(lastWords());
    }
  }

  private boolean answers(String path) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(20))
            .build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private String lastWords() {
    try (var lines = Files.lines(output)) {
      return lines
          .filter(line -> !line.contains("\"INFO\""))
          .reduce((_, line) -> line)
          .map(line -> "it ended: " + line.substring(0, Math.min(300, line.length())))
          .orElse("it ended");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a node that fails. */
  void kill() {
    closing = true;
    process.destroyForcibly();
  }

  /** As Kubernetes stops a pod. */
  void terminate() {
    closing = true;
    process.destroy();
  }

  @Override
  public void close() {
    terminate();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** It ended by itself. */
  static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Ended(String message) {
      super(message);
    }
  }
}
