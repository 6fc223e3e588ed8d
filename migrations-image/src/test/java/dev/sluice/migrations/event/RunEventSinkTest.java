package dev.sluice.migrations.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunEventSinkTest {
  private final List<String> heard = new ArrayList<>();

  private RunEventSink named(String name) {
    return event -> heard.add(name + " " + event);
  }

  @Test
  void handsEachEventToAllInTheirOrder() {
    var sink = RunEventSink.of(List.of(named("console"), named("report")));
    sink.on(new RunEvent.Connected());
    sink.on(new RunEvent.Locked());
    assertThat(heard)
        .containsExactly(
            "console Connected[]", "report Connected[]", "console Locked[]", "report Locked[]");
  }

  @Test
  void takesLinesAsEvents() {
    var sink = named("console");
    sink.note("so");
    sink.warn("so much");
    assertThat(heard).containsExactly("console Noted[line=so]", "console Warned[line=so much]");
  }
}
