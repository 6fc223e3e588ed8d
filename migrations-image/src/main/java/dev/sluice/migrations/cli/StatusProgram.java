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

/** Says how a database stands to a changelog; changes nothing. */
record StatusProgram(ChangelogOptions options, Map<String, String> environment, Signals signals) {

  int run() {
    return run(0);
  }

  /** {@code pending}: the exit code when something is. */
  int run(int pending) {
    var merged = options.overDatabase(environment);
    var outgoing = Outgoing.of(merged);
    var console = Console.ofTerminal(options.json() ? System.err : System.out);
    var events = outgoing.events(List.of(console, new ReportSink(options.reportWriter())));
    return switch (status(merged, outgoing, events)) {
      case Status.Unknown(var thrown) -> {
        var failure = options.advised(thrown);
        events.on(new RunEvent.Finished(Report.failed(null, List.of(), null, failure)));
        yield failure.exit().code();
      }
      case Status.Known known -> {
        print(known, outgoing);
        yield known.pending().isEmpty() && known.takeover().names().isEmpty() ? 0 : pending;
      }
    };
  }

  private Status status(Map<String, String> merged, Outgoing outgoing, RunEventSink events) {
    return switch (Settings.read(merged, options::named)) {
      case Settings.Faulty(var problems) -> new Status.Unknown(RunProgram.faulty(problems));
      case Settings.Complete(var request, var deadline, _) -> {
        var stop = new Stop(Deadline.in(deadline));
        signals.stopping(stop);
        var known = RunProgram.withPatience(request.with(outgoing::watched), options);
        yield new StatusQuery(known, new LazyEngines(), new RunContext(stop, events)).status();
      }
    };
  }

  private void print(Status.Known known, Outgoing outgoing) {
    var entered = shown(known.takeover().names(), outgoing);
    var pending = shown(known.pending(), outgoing);
    if (options.json()) {
      System.out.println(
          new String(ReportJson.status(known.applied(), entered.size(), pending), UTF_8));
      return;
    }
    System.out.println("applied: " + known.applied());
    if (!entered.isEmpty()) {
      System.out.printf(
          "entered without running, by the next run: %d, from %s%n",
          entered.size(), known.takeover().from());
      entered.forEach(name -> System.out.println("  " + name));
    }
    System.out.println("pending: " + pending.size());
    pending.forEach(name -> System.out.println("  " + name));
  }

  private static List<String> shown(List<String> names, Outgoing outgoing) {
    return names.stream().map(outgoing.text()::of).toList();
  }
}
