package dev.sluice.migrations.cli;

import java.util.Map;

/** The command line within a test, which no signal ends. */
public final class Program {
  private Program() {}

  public static int run(String[] arguments, Map<String, String> environment, MoreVerbs more) {
    return CommandLineProgram.run(arguments, environment, Signals.none(), more);
  }
}
