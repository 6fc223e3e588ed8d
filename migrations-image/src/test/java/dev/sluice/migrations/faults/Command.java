package dev.sluice.migrations.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A program of the system, and what it says when it fails. */
final class Command {
  private Command() {}

  static void run(String... words) {
    var said = said(words);
    if (!said.isEmpty()) {
      throw new IllegalStateException(String.join(" ", words) + ": " + said);
    }
  }

  static boolean works(String... words) {
    try {
      return said(words).isEmpty();
    } catch (UncheckedIOException _) {
      return false;
    }
  }

  /** Nothing when it succeeds. */
  private static String said(String... words) {
    try {
      var process = new ProcessBuilder(words).redirectErrorStream(true).start();
      var output = new String(process.getInputStream().readAllBytes(), UTF_8);
      return process.waitFor() == 0 ? "" : "exit " + process.exitValue() + " " + output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
