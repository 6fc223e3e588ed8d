package dev.sluice.migrations.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.migrations.database.Deadline;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.engine.Status;
import dev.sluice.migrations.engine.StatusQuery;
import dev.sluice.migrations.event.RunEvent;
import dev.sluice.migrations.event.RunEventSink;
import dev.sluice.migrations.report.Report;
import dev.sluice.migrations.report.ReportJson;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Says what is applied and what is pending; changes nothing.")
final class StatusCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final Signals signals;

  @Mixin private ChangelogOptions options = new ChangelogOptions();

  StatusCommand(Map<String, String> environment, Signals signals) {
    this.environment = environment;
    this.signals = signals;
  }

  @Override
  public Integer call() {
    var console = Console.ofTerminal(options.json() ? System.err : System.out);
    var status = status(console);
    return switch (status) {
      case Status.Unknown(var failure) -> {
        var report = Report.failed(null, List.of(), null, failure);
        RunEventSink.of(List.of(console, new ReportSink(options.reportWriter())))
            .on(new RunEvent.Finished(report));
        yield failure.exit().code();
      }
      case Status.Known known -> {
        print(known);
        yield 0;
      }
    };
  }

  private Status status(Console console) {
    return switch (Settings.read(options.over(environment))) {
      case Settings.Faulty(var problems) -> new Status.Unknown(RunProgram.faulty(problems));
      case Settings.Complete(var request, var deadline, _) -> {
        var stop = new Stop(Deadline.in(deadline));
        signals.stopping(stop);
        yield new StatusQuery(request, new LazyEngines(), new RunContext(stop, console)).status();
      }
    };
  }

  private void print(Status.Known known) {
    if (options.json()) {
      System.out.println(new String(ReportJson.status(known.applied(), known.pending()), UTF_8));
      return;
    }
    System.out.println("applied: " + known.applied());
    System.out.println("pending: " + known.pending().size());
    known.pending().forEach(name -> System.out.println("  " + name));
  }
}
