package dev.sluice.migrations.cli;

import dev.sluice.migrations.event.RunEvent;
import dev.sluice.migrations.event.RunEventSink;
import dev.sluice.migrations.report.Report;
import java.util.function.Consumer;

/** Hands the report on as JSON: to the pod's termination message, or to standard output. */
record ReportSink(Consumer<Report> writer) implements RunEventSink {
  @Override
  public void on(RunEvent event) {
    if (event instanceof RunEvent.Finished(var report)) {
      writer.accept(report);
    }
  }
}
