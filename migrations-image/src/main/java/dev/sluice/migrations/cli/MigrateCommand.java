package dev.sluice.migrations.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.migrations.report.Report;
import dev.sluice.migrations.report.ReportJson;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description = "Applies what is pending.")
final class MigrateCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final Signals signals;

  @Mixin private ChangelogOptions options = new ChangelogOptions();

  MigrateCommand(Map<String, String> environment, Signals signals) {
    this.environment = environment;
    this.signals = signals;
  }

  @Override
  public Integer call() {
    var console = Console.ofTerminal(options.json() ? System.err : System.out);
    Consumer<Report> letter =
        report -> {
          if (options.json()) {
            System.out.println(new String(ReportJson.bytes(report), UTF_8));
          }
        };
    return new Program(console, letter, signals).run(options.over(environment));
  }
}
