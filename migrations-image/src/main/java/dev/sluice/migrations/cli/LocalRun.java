package dev.sluice.migrations.cli;

import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.engine.Run;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.event.RunEvent;
import dev.sluice.migrations.report.Report;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** A run within another verb, told to a person. */
public final class LocalRun {
  private LocalRun() {}

  /**
   * Applies what is pending, and says what it did.
   *
   * @param environment names changelog and database, in the variables of the run contract
   */
  public static Report report(Map<String, String> environment, PrintStream out, Stop stop) {
    var outgoing = Outgoing.of(environment);
    var events = outgoing.events(List.of(Console.ofTerminal(out)));
    var report =
        switch (Settings.read(environment)) {
          case Settings.Faulty(var problems) ->
              Report.failed(null, List.of(), null, RunProgram.faulty(problems));
          case Settings.Complete(var request, _, _) ->
              new Run(
                      request.with(outgoing::watched),
                      new LazyEngines(),
                      new LazyRehearsals(environment),
                      new RunContext(stop, events))
                  .report();
        };
    events.on(new RunEvent.Finished(report));
    return report;
  }
}
