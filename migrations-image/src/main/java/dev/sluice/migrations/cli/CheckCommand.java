package dev.sluice.migrations.cli;

import dev.sluice.migrations.engine.Check;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** What a pod runs after another tool. */
@Command(
    name = "check",
    hidden = true,
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
    return RunProgram.ofPod(signals)
        .run(
            environment,
            (request, context) -> new Check(request, new LazyEngines(), context).report());
  }
}
