package dev.sluice.migrations.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.event.RunEvent;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import dev.sluice.migrations.report.Report;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ColoursTest {
  @Test
  void areForATerminalThatWantsThem() {
    assertThat(Colours.of(Map.of("TERM", "xterm"), true).on()).isTrue();
    assertThat(Colours.of(Map.of("NO_COLOR", ""), true).on()).isTrue();
    assertThat(Colours.of(Map.of("NO_COLOR", "1"), true).on()).isFalse();
    assertThat(Colours.of(Map.of("TERM", "dumb"), true).on()).isFalse();
    assertThat(Colours.of(Map.of("TERM", "xterm"), false).on()).isFalse();
  }

  @Test
  void warningsAndFailuresStandOut() {
    assertThat(said(new Colours(true)))
        .contains("\u001b[33mWARNING take care\u001b[0m")
        .contains("\u001b[31mConfigurationInvalid: it is wrong\u001b[0m");
    assertThat(said(new Colours(false)))
        .contains("WARNING take care", "it is wrong")
        .doesNotContain("\u001b");
  }

  /** Whatever a server says can't switch them on. */
  @Test
  void noColourComesFromElsewhere() {
    var out = new ByteArrayOutputStream();
    var console = Console.ofTerminal(new PrintStream(out, false, UTF_8), new Colours(true));
    console.on(new RunEvent.Warned("a\u001b[31mb"));
    assertThat(out.toString(UTF_8)).contains("WARNING a [31mb");
  }

  private static String said(Colours colours) {
    var out = new ByteArrayOutputStream();
    var console = Console.ofTerminal(new PrintStream(out, false, UTF_8), colours);
    console.on(new RunEvent.Warned("take care"));
    var failure = Failure.of(Reason.CONFIGURATION_INVALID, "it is wrong");
    console.on(new RunEvent.Finished(Report.failed(null, List.of(), null, failure)));
    return out.toString(UTF_8);
  }
}
