package dev.sluice.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.operator.decision.ActionResult;
import dev.sluice.operator.decision.Decision;
import dev.sluice.operator.decision.Decision.Await;
import dev.sluice.operator.decision.Decision.NextRun;
import dev.sluice.operator.decision.Decision.Start;
import dev.sluice.operator.decision.Wait;
import dev.sluice.operator.observation.Input;
import dev.sluice.operator.observation.ObservedRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class BurstDeferralTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Input INPUT = new Input("1.0", "target", "key", null);
  private static final Decision START =
      new Start(new NextRun(1, 1, 1, INPUT, Duration.ofMinutes(30), List.of()));
  private static final ActionResult STARTED = new ActionResult.Started("shop-1", "job-uid-1");

  private final AtomicLong nanos = new AtomicLong(5);
  private final BurstDeferral burst = new BurstDeferral(nanos::get);

  private boolean starts() {
    return burst.defers(START, STARTED, NOW);
  }

  private boolean awaits(Wait wait, Instant now) {
    var run =
        new ObservedRun(
            "shop-1",
            "job-uid",
            "uid",
            1,
            1,
            1,
            INPUT,
            null,
            null,
            List.of(),
            NOW,
            false,
            false,
            false,
            true,
            new ObservedRun.Phase.Waiting(null));
    return burst.defers(new Await(run, wait), new ActionResult.Done(), now);
  }

  private void burst() {
    for (var n = 0; n < 20; n++) {
      starts();
    }
  }

  @Test
  void aFewStartsAreReportedImmediately() {
    for (var n = 0; n < 20; n++) {
      assertThat(starts()).isFalse();
    }
    assertThat(starts()).isTrue();
  }

  @Test
  void aBurstPasses() {
    burst();
    nanos.addAndGet(Duration.ofMillis(1100).toNanos());
    assertThat(awaits(new Wait.ContainerStarts("shop-1"), NOW)).isFalse();
    assertThat(starts()).isFalse();
  }

  @Test
  void nothingButAStartIsReportedLater() {
    burst();
    assertThat(awaits(new Wait.ContainerStarts("shop-1"), NOW)).isTrue();
    assertThat(awaits(new Wait.Applying("shop-1", "1.0"), NOW)).isFalse();
    assertThat(burst.defers(new Decision.Applied(false), new ActionResult.Done(), NOW)).isFalse();
    assertThat(burst.defers(START, new ActionResult.Touched(), NOW)).isFalse();
  }

  @Test
  void aRunThatDoesntStartIsReportedAfterTenSecondsInABurstToo() {
    burst();
    assertThat(awaits(new Wait.ContainerStarts("shop-1"), NOW.plusSeconds(9))).isTrue();
    assertThat(awaits(new Wait.ContainerStarts("shop-1"), NOW.plusSeconds(10))).isFalse();
  }
}
