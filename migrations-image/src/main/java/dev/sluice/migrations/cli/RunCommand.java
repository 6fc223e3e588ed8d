package dev.sluice.migrations.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** As it runs in a pod; without options {@link Main} doesn't even come by here. */
@Command(
    name = "run",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = "What a pod runs: configured by environment variables only, reports to its pod.")
final class RunCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final Signals signals;

  RunCommand(Map<String, String> environment, Signals signals) {
    this.environment = environment;
    this.signals = signals;
  }

  @Override
  public Integer call() {
    return RunProgram.ofPod(signals).run(environment);
  }
}
