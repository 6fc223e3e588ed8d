package dev.sluice.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.operator.decision.Timings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RefusalsTest {
  private final Refusals refusals = new Refusals(Timings.DEFAULT);

  @Test
  void thePauseDoublesUpToTheLongest() {
    assertThat(refusals.next("a")).isEqualTo(Duration.ofSeconds(5));
    assertThat(refusals.next("a")).isEqualTo(Duration.ofSeconds(10));
    assertThat(refusals.next("b")).isEqualTo(Duration.ofSeconds(5));
    for (var n = 0; n < 100; n++) {
      assertThat(refusals.next("a")).isEqualTo(Duration.ofSeconds(20));
    }

    refusals.over("a");
    assertThat(refusals.next("a")).isEqualTo(Duration.ofSeconds(5));
  }
}
