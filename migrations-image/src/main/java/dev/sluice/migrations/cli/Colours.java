package dev.sluice.migrations.cli;

import java.util.Map;
import java.util.Optional;

/** Colours for a person at a terminal; none in a pipe, or where {@code NO_COLOR} says so. */
record Colours(boolean on) {
  private static final String RED = "31";
  private static final String YELLOW = "33";

  static Colours ofProcess() {
    var isTerminal =
        Optional.ofNullable(System.console()).filter(java.io.Console::isTerminal).isPresent();
    return of(System.getenv(), isTerminal);
  }

  static Colours of(Map<String, String> environment, boolean isTerminal) {
    return new Colours(
        isTerminal
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !"dumb".equals(environment.get("TERM")));
  }

  String failure(String line) {
    return in(RED, line);
  }

  String warning(String line) {
    return in(YELLOW, line);
  }

  private String in(String colour, String line) {
    return on ? "\u001b[" + colour + "m" + line + "\u001b[0m" : line;
  }
}
