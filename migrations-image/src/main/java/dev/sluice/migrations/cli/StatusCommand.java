package dev.sluice.migrations.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Says what is applied and what is pending; changes nothing.",
    footer = {
      "",
      "Examples:",
      "  sluice status --url postgresql://ann@localhost/shop --changelog drizzle",
      "  sluice status --changelog drizzle --exit-code --output json"
    })
final class StatusCommand implements Callable<Integer> {
  private static final int PENDING = 3;

  private final Map<String, String> environment;
  private final Signals signals;

  @Mixin private ChangelogOptions options = new ChangelogOptions();

  @Option(names = "--exit-code", description = "exit with 3 when something is pending")
  boolean exitCode;

  StatusCommand(Map<String, String> environment, Signals signals) {
    this.environment = environment;
    this.signals = signals;
  }

  @Override
  public Integer call() {
    return new StatusProgram(options, environment, signals).run(exitCode ? PENDING : 0);
  }
}
