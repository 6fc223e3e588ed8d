package dev.sluice.migrations.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.event.RunEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class QuietEventsTest {
  private final List<RunEvent> told = new ArrayList<>();
  private final QuietEvents events = new QuietEvents(told::add, Set.of("V2__b"));

  @Test
  void whatTakesLongIsToldAlsoOfWhatTheDatabaseHas() {
    events.on(new RunEvent.StillRunning(1, 2, "V1__a", Duration.ofSeconds(30), "waits for Lock"));
    events.on(new RunEvent.StillRunning(2, 2, "V2__b", Duration.ofSeconds(60), ""));
    assertThat(told)
        .containsExactly(
            new RunEvent.Noted("rehearsal: V1__a runs for 30 s: waits for Lock"),
            new RunEvent.Noted("rehearsal: V2__b runs for 60 s"));
  }

  @Test
  void whatTheDatabaseHasAlreadyIsNotToldOtherwise() {
    events.on(new RunEvent.Ended(1, 2, "V1__a", "", Duration.ofMillis(5)));
    events.on(new RunEvent.Ended(2, 2, "V2__b", "", Duration.ofMillis(7)));
    assertThat(told).containsExactly(new RunEvent.Noted("rehearsed V2__b: 7 ms"));
  }
}
