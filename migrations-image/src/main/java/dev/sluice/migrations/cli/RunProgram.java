package dev.sluice.migrations.cli;

import dev.sluice.migrations.database.Deadline;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.engine.Run;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.engine.RunRequest;
import dev.sluice.migrations.engine.UnexpectedFailure;
import dev.sluice.migrations.event.RunEvent;
import dev.sluice.migrations.event.RunEventSink;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import dev.sluice.migrations.report.Report;
import dev.sluice.migrations.report.TerminationLog;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Settings in, events and an exit code out. */
record RunProgram(
    RunEventSink log,
    Consumer<Report> reportWriter,
    Signals signals,
    @Nullable ChangelogOptions options) {
  /** Only the environment says what to do. */
  RunProgram(RunEventSink log, Consumer<Report> reportWriter, Signals signals) {
    this(log, reportWriter, signals, null);
  }

  /** What is done once the settings are read. */
  @FunctionalInterface
  interface Task {
    Report done(RunRequest request, RunContext context);
  }

  static RunProgram ofPod(Signals signals) {
    return new RunProgram(Console.ofPod(System.out), TerminationLog.OF_THE_POD::write, signals);
  }

  static RunProgram ofTerminal(ChangelogOptions options, Signals signals) {
    var console = Console.ofTerminal(options.json() ? System.err : System.out);
    return new RunProgram(console, options.reportWriter(), signals, options);
  }

  int run(Map<String, String> environment) {
    return run(
        environment,
        (request, context) ->
            new Run(request, new LazyEngines(), new LazyRehearsals(environment), context).report());
  }

  int run(Map<String, String> environment, Task task) {
    var outgoing = Outgoing.of(environment);
    var always = outgoing.events(List.of(log, new ReportSink(reportWriter)));
    var report =
        switch (Settings.read(environment, this::named)) {
          case Settings.Faulty(var problems) -> failed(faulty(problems));
          case Settings.Complete(var request, var deadline, var probePort) -> {
            var stop = new Stop(Deadline.in(deadline));
            signals.stopping(stop);
            var events = RunEventSink.of(withPorts(always, probePort));
            var known = withPatience(request.with(outgoing::watched), options);
            yield advised(guarded(always, () -> task.done(known, new RunContext(stop, events))));
          }
        };
    always.on(new RunEvent.Finished(report));
    return report.exit().code();
  }

  private Report advised(Report report) {
    var failure = report.failure();
    return options == null || failure == null ? report : report.with(options.advised(failure));
  }

  private String named(String variable) {
    return options == null ? variable : options.named(variable);
  }

  static RunRequest withPatience(RunRequest request, @Nullable SourceOptions options) {
    return options != null && options.isImpatient() ? request.impatient() : request;
  }

  private static List<RunEventSink> withPorts(RunEventSink sink, @Nullable Integer firstPort) {
    return firstPort == null ? List.of(sink) : List.of(sink, new ProgressPorts(firstPort, sink));
  }

  static Failure faulty(List<String> problems) {
    return Failure.of(Reason.CONFIGURATION_INVALID, String.join("; ", problems));
  }

  private static Report guarded(RunEventSink events, Supplier<Report> report) {
    try {
      return report.get();
    } catch (RuntimeException | Error e) {
      return failed(UnexpectedFailure.of(e, events));
    }
  }

  private static Report failed(Failure failure) {
    return Report.failed(null, List.of(), null, failure);
  }
}
