package dev.sluice.authoring.cli;

import dev.sluice.migrations.cli.Program;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The command line within the test.
 *
 * @param environment of it alone
 */
record Sluice(Map<String, String> environment) {
  /** How it ended, and what it printed. */
  record Ran(int exit, String out, String err) {
    /** For when an assertion fails. */
    String all() {
      return "exit " + exit + "\n" + out + "\n" + err;
    }
  }

  /** With the servers that the build made, or that the environment names. */
  static Sluice withServers() {
    var home = System.getenv("SLUICE_POSTGRES_HOME");
    return new Sluice(
        Map.of(
            "SLUICE_POSTGRES_HOME",
            home == null
                ? Path.of("../target/postgres").toAbsolutePath().normalize().toString()
                : home));
  }

  Sluice with(String name, String value) {
    var more = new HashMap<>(environment);
    more.put(name, value);
    return new Sluice(Map.copyOf(more));
  }

  Ran run(String... arguments) {
    synchronized (Sluice.class) {
      var out = System.out;
      var err = System.err;
      var printed = new ByteArrayOutputStream();
      var errors = new ByteArrayOutputStream();
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
      try {
        var exit = Program.run(arguments, environment, new WriteVerbs());
        return new Ran(
            exit,
            printed.toString(StandardCharsets.UTF_8),
            errors.toString(StandardCharsets.UTF_8));
      } finally {
        System.setOut(out);
        System.setErr(err);
      }
    }
  }
}
