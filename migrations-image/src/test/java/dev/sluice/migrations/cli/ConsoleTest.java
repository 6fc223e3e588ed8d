package dev.sluice.migrations.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.event.RunEvent;
import dev.sluice.migrations.report.ChangeSetCounts;
import dev.sluice.migrations.report.Report;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private static final RunEvent BEGAN = new RunEvent.Began(1, 2, "a.sql::1::ann");
  private static final RunEvent ENDED = ended("");
  private static final String TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z ";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);

  private static RunEvent ended(String remark) {
    return new RunEvent.Ended(1, 2, "a.sql::1::ann", remark, Duration.ofMillis(12));
  }

  private String onTerminal(RunEvent... events) {
    return shown(Console.ofTerminal(out), events);
  }

  private String inPod(RunEvent... events) {
    return shown(Console.ofPod(out), events);
  }

  private String shown(Console console, RunEvent... events) {
    List.of(events).forEach(console::on);
    return bytes.toString(UTF_8);
  }

  @Test
  void aTerminalHasOneLineForAChangeset() {
    assertThat(onTerminal(BEGAN, ENDED)).isEqualTo("[1/2] a.sql::1::ann ... 12 ms\n");
  }

  @Test
  void aLineOfATerminalIsClosedBeforeAnother() {
    assertThat(onTerminal(BEGAN, new RunEvent.Noted("note"), ENDED).lines())
        .containsExactly("[1/2] a.sql::1::ann ... ", "note", "[1/2] a.sql::1::ann: 12 ms");
  }

  @Test
  void aPodHasALineForTheBeginningAndOneForTheEndEachWithItsTime() {
    assertThat(inPod(BEGAN, ENDED))
        .matches(TIME + "\\[1/2] a.sql::1::ann\n" + TIME + "\\[1/2] a.sql::1::ann: 12 ms\n");
  }

  @Test
  void aRemarkIsShown() {
    assertThat(onTerminal(BEGAN, ended("passed over"))).endsWith(" ... 12 ms, passed over\n");
  }

  @Test
  void aWarningIsMarked() {
    assertThat(onTerminal(new RunEvent.Warned("mind this"))).isEqualTo("WARNING mind this\n");
  }

  @Test
  void aLineStaysOneWhateverIsInIt() {
    assertThat(onTerminal(new RunEvent.Noted("a\r\n\u001b[31mb\0"))).isEqualTo("a [31mb \n");
  }

  @Test
  void theReportEndsIt() {
    var report = Report.succeeded("1", List.of(), new ChangeSetCounts(1, 0, 0), List.of());
    assertThat(onTerminal(BEGAN, new RunEvent.Finished(report)))
        .isEqualTo("[1/2] a.sql::1::ann ... \nnothing to do: the changelog has 1 changeset\n");
  }

  @Test
  void whatIsOnlyForTheProbesIsNotShown() {
    assertThat(
            onTerminal(
                new RunEvent.Connected(),
                new RunEvent.Locked(),
                new RunEvent.ChunkDone("a.sql", 1, 2)))
        .isEmpty();
  }
}
