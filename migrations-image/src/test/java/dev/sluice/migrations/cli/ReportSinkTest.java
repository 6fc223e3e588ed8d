package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.event.RunEvent;
import dev.sluice.migrations.report.ChangeSetCounts;
import dev.sluice.migrations.report.Report;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportSinkTest {
  @Test
  void writesTheReportAndNothingElse() {
    var written = new ArrayList<Report>();
    var sink = new ReportSink(written::add);
    sink.on(new RunEvent.Connected());
    sink.note("a line");
    assertThat(written).isEmpty();

    var report = Report.succeeded("1", List.of(), new ChangeSetCounts(1, 0, 0), List.of());
    sink.on(new RunEvent.Finished(report));
    assertThat(written).containsExactly(report);
  }
}
