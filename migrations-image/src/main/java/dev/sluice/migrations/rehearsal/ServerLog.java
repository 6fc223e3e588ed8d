package dev.sluice.migrations.rehearsal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a server of our own wrote before it ended. It never holds statements. */
record ServerLog(Path file) {
  private static final int LINES = 3;
  private static final int SIGKILL = 137;

  /** Why the server, or the process behind a session, ended; empty when neither did. */
  Optional<String> end(Process process) {
    var lines = lines();
    var killed = lines.stream().filter(line -> line.contains("terminated by signal")).findFirst();
    if (killed.isPresent()) {
      return killed.map(line ->
          line.contains("signal 9")
              ? "its process was killed, as by the memory limit of the container"
              : line);
    }
    if (process.isAlive()) {
      return Optional.empty();
    }
    if (process.exitValue() == SIGKILL) {
      return Optional.of("it was killed, as by the memory limit of the container");
    }
    return Optional.of(
        lines.isEmpty()
            ? "it ended with " + process.exitValue()
            : String.join("; ", lines.subList(Math.max(0, lines.size() - LINES), lines.size())));
  }

  private List<String> lines() {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1)
          .lines()
          .filter(line -> !line.isBlank())
          .toList();
    } catch (IOException _) {
      return List.of();
    }
  }
}
