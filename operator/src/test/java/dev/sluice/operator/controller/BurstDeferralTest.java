package dev.sluice.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Reasons;
import dev.sluice.operator.decision.ActionResult;
import dev.sluice.operator.decision.Decision;
import dev.sluice.operator.decision.Decision.Await;
import dev.sluice.operator.decision.Decision.Plan;
import dev.sluice.operator.decision.Decision.Start;
import dev.sluice.operator.observation.Input;
import dev.sluice.operator.observation.ObservedRun;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class BurstDeferralTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Input INPUT = new Input("1.0", "target", "key");
  private static final Decision START = new Start(new Plan(1, 1, 1, INPUT, Duration.ofMinutes(30)));
  private static final ActionResult STARTED = new ActionResult.Started("shop-1");

  private final BurstDeferral rush = new BurstDeferral();

  private boolean starts() {
    return rush.defers(START, STARTED, NOW);
  }

  private boolean awaits(String reason, Instant now) {
    var run =
        new ObservedRun(
            "shop-1",
            "uid",
            1,
            1,
            1,
            INPUT,
            null,
            NOW,
            false,
            false,
            false,
            new ObservedRun.Phase.Waiting(null));
    return rush.defers(new Await(run, reason, ""), new ActionResult.Done(), now);
  }

  private void rush() {
    for (var n = 0; n < 20; n++) {
      starts();
    }
  }

  @Test
  void aFewStartsAreToldAtOnce() {
    for (var n = 0; n < 20; n++) {
      assertThat(starts()).isFalse();
    }
    assertThat(starts()).isTrue();
  }

  @Test
  void aRushPasses() throws InterruptedException {
    rush();
    Thread.sleep(1100);
    assertThat(awaits(Reasons.STARTING, NOW)).isFalse();
    assertThat(starts()).isFalse();
  }

  @Test
  void nothingButAStartIsToldLater() {
    rush();
    assertThat(awaits(Reasons.STARTING, NOW)).isTrue();
    assertThat(awaits(Reasons.RUNNING, NOW)).isFalse();
    assertThat(rush.defers(new Decision.Applied(false), new ActionResult.Done(), NOW)).isFalse();
    assertThat(rush.defers(START, new ActionResult.Touched(), NOW)).isFalse();
  }

  @Test
  void aRunThatDoesntStartIsToldAfterTenSecondsInARushToo() {
    rush();
    assertThat(awaits(Reasons.STARTING, NOW.plusSeconds(9))).isTrue();
    assertThat(awaits(Reasons.STARTING, NOW.plusSeconds(10))).isFalse();
  }
}
