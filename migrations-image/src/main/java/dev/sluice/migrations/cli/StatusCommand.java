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
    var merged = options.over(environment);
    var outgoing = Outgoing.of(merged);
    var console = Console.ofTerminal(options.json() ? System.err : System.out);
    var events = outgoing.events(List.of(console, new ReportSink(options.reportWriter())));
    return switch (status(merged, outgoing, events)) {
      case Status.Unknown(var failure) -> {
        events.on(new RunEvent.Finished(Report.failed(null, List.of(), null, failure)));
        yield failure.exit().code();
      }
      case Status.Known known -> {
        print(known.total(), known.pending().stream().map(outgoing.text()::of).toList());
        yield 0;
      }
    };
  }

  private Status status(Map<String, String> merged, Outgoing outgoing, RunEventSink events) {
    return switch (Settings.read(merged)) {
      case Settings.Faulty(var problems) -> new Status.Unknown(RunProgram.faulty(problems));
      case Settings.Complete(var request, var deadline, _) -> {
        var stop = new Stop(Deadline.in(deadline));
        signals.stopping(stop);
        var known = request.with(outgoing.watched(request.connection().credentials()));
        yield new StatusQuery(known, new LazyEngines(), new RunContext(stop, events)).status();
      }
    };
  }

  private void print(int total, List<String> pending) {
    var applied = total - pending.size();
    if (options.json()) {
      System.out.println(new String(ReportJson.status(applied, pending), UTF_8));
      return;
    }
    System.out.println("applied: " + applied);
    System.out.println("pending: " + pending.size());
    pending.forEach(name -> System.out.println("  " + name));
  }
}
