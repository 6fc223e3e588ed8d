package dev.sluice.migrations.cli;

import dev.sluice.migrations.engine.Run;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "adopt",
    mixinStandardHelpOptions = true,
    description =
        "Takes over the history of Drizzle or Flyway into the ledger, and runs nothing. migrate"
            + " does it too, before it applies what is pending.",
    footer = {"", "Examples:", "  sluice adopt --changelog drizzle --dry-run"})
final class AdoptCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final Signals signals;

  @Mixin private ChangelogOptions options = new ChangelogOptions();

  @Option(names = "--dry-run", description = "say what would be taken over; change nothing")
  boolean dryRun;

  AdoptCommand(Map<String, String> environment, Signals signals) {
    this.environment = environment;
    this.signals = signals;
  }

  @Override
  public Integer call() {
    if (dryRun) {
      return new StatusProgram(options, environment, signals).run();
    }
    return RunProgram.ofTerminal(options, signals)
        .run(
            options.overDatabase(environment),
            (request, context) ->
                new Run(request, new LazyEngines(), new LazyRehearsals(environment), context)
                    .takeOver());
  }
}
