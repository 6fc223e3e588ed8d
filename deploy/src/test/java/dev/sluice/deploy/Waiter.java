package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.wait.WaitMain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;

/** {@code sluice wait} as a pod runs it, in a thread of the test. */
final class Waiter implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private final Thread thread;

  private Waiter(Map<String, String> environment, List<String> arguments) {
    var out = new PrintStream(log, true, StandardCharsets.UTF_8);
    thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                exit.complete(WaitMain.run(arguments, environment, out));
              } catch (RuntimeException e) {
                exit.completeExceptionally(e);
              }
            });
  }

  static Waiter start(Map<String, String> environment, String... arguments) {
    return new Waiter(environment, List.of(arguments));
  }

  /** The same as a process of its own. */
  static Process process(Map<String, String> environment, String... arguments) throws IOException {
    var classes = WaitMain.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command = new ArrayList<>(List.of(java, "-cp", classes, WaitMain.class.getName()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** What it said, without the times. */
  List<String> lines() {
    return log.toString(StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.replaceFirst("^\\S+Z ", ""))
        .toList();
  }

  Waiter says(String words) {
    Awaitility.await("\"" + words + "\" in " + lines())
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> lines().stream().anyMatch(line -> line.contains(words)));
    return this;
  }

  /** Empty: it still waits. */
  OptionalInt exit() {
    return exit.isDone() ? OptionalInt.of(exit.join()) : OptionalInt.empty();
  }

  Waiter ends(int code) {
    Awaitility.await("its end, after " + lines())
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(exit::isDone);
    assertThat(exit.join()).as("%s", lines()).isEqualTo(code);
    return this;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
