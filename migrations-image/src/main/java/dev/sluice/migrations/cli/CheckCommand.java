package dev.sluice.migrations.cli;

import dev.sluice.migrations.engine.Check;
import dev.sluice.migrations.report.TerminationLog;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** What a pod runs after another tool. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Compares a folder with the history of the tool that it was made for.")
final class CheckCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final Signals signals;

  CheckCommand(Map<String, String> environment, Signals signals) {
    this.environment = environment;
    this.signals = signals;
  }

  @Override
  public Integer call() {
    var letter = TerminationLog.OF_THE_POD;
    return new Program(Console.ofPod(System.out), letter::write, signals)
        .run(environment, (order, stop, progress) -> new Check(order, stop, progress).report());
  }
}
