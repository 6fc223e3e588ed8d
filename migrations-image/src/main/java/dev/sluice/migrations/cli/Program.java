package dev.sluice.migrations.cli;

import dev.sluice.migrations.database.Deadline;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.engine.Order;
import dev.sluice.migrations.engine.Progress;
import dev.sluice.migrations.engine.Run;
import dev.sluice.migrations.engine.StackTrace;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import dev.sluice.migrations.report.Report;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Settings in, a report out. */
record Program(Progress console, Consumer<Report> letter, Signals signals) {
  /** What is done once the settings are read. */
  @FunctionalInterface
  interface Task {
    Report done(Order order, Stop stop, Progress progress);
  }

  int run(Map<String, String> environment) {
    return run(environment, (order, stop, progress) -> new Run(order, stop, progress).report());
  }

  int run(Map<String, String> environment, Task task) {
    var report =
        switch (Settings.read(environment)) {
          case Settings.Faulty(var problems) -> failed(faulty(problems));
          case Settings.Complete(var order, var deadline, var probePort) -> {
            var stop = new Stop(Deadline.in(deadline));
            signals.stopping(stop);
            var progress = probePort == null ? console : new Doors(console, probePort);
            yield guarded(() -> task.done(order, stop, progress));
          }
        };
    new Verdict(console).on(report);
    letter.accept(report);
    return report.exit().code();
  }

  static Failure faulty(List<String> problems) {
    return Failure.of(Reason.CONFIGURATION_INVALID, String.join("; ", problems));
  }

  private Report guarded(Supplier<Report> report) {
    try {
      return report.get();
    } catch (RuntimeException e) {
      StackTrace.of(e).forEach(console::warn);
      return failed(Failure.of(Reason.INTERNAL, "a bug: " + e.getClass().getName()));
    }
  }

  private static Report failed(Failure failure) {
    return Report.failed(null, List.of(), null, failure);
  }
}
