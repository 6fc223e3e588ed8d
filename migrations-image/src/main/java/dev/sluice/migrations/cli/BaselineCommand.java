package dev.sluice.migrations.cli;

import dev.sluice.migrations.engine.Run;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "baseline",
    mixinStandardHelpOptions = true,
    description =
        "Counts the migrations of a folder as applied, up to one of them, in a database that has"
            + " no history and isn't empty; runs nothing.",
    footer = {"", "Examples:", "  sluice baseline --to 0042_add_tier --changelog drizzle"})
final class BaselineCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final Signals signals;

  @Mixin private ChangelogOptions options = new ChangelogOptions();

  @Option(
      names = "--to",
      required = true,
      paramLabel = "NAME",
      description = "the last migration that counts as applied: its file, or Flyway's version")
  @Nullable String to;

  @Option(names = "--dry-run", description = "say what would be entered; change nothing")
  boolean dryRun;

  BaselineCommand(Map<String, String> environment, Signals signals) {
    this.environment = environment;
    this.signals = signals;
  }

  @Override
  public Integer call() {
    var with = new HashMap<>(environment);
    options.put(with, "SLUICE_BASELINE_TO", to == null ? "" : to);
    if (dryRun) {
      return new StatusProgram(options, with, signals).run();
    }
    return RunProgram.ofTerminal(options, signals)
        .run(
            options.overDatabase(with),
            (request, context) ->
                new Run(request, new LazyEngines(), new LazyRehearsals(environment), context)
                    .takeOver());
  }
}
