package dev.sluice.migrations.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description = "Applies what is pending.",
    footer = {
      "",
      "Examples:",
      "  sluice migrate --url postgresql://ann@localhost/shop --changelog drizzle",
      "  sluice migrate --changelog db.changelog.yaml --rehearsal Enforce"
    })
final class MigrateCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final Signals signals;

  @Mixin private ChangelogOptions options = new ChangelogOptions();

  @Option(
      names = "--rehearsal",
      paramLabel = "Enforce|Warn|Never",
      description =
          "try what is pending on a PostgreSQL of its own first; what fails there isn't run, or is"
              + " only a warning (default: Never)")
  @Nullable String rehearsal;

  MigrateCommand(Map<String, String> environment, Signals signals) {
    this.environment = environment;
    this.signals = signals;
  }

  @Override
  public Integer call() {
    var merged = options.overDatabase(environment);
    options.put(merged, "SLUICE_REHEARSAL", rehearsal);
    return RunProgram.ofTerminal(options, signals).run(merged);
  }
}
