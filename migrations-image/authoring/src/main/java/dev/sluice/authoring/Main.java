package dev.sluice.authoring;

import dev.sluice.authoring.cli.WriteVerbs;

/** The runner's command line with the verbs that write. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    dev.sluice.migrations.cli.Main.main(arguments, new WriteVerbs());
  }
}
