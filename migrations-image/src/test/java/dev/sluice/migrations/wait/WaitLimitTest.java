package dev.sluice.migrations.wait;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WaitLimitTest {
  private static final Duration WANTED = Duration.ofSeconds(8);

  @Test
  void noneIsNeverOver() {
    assertThat(new WaitLimit(null).over()).isFalse();
    assertThat(new WaitLimit(null).atMost(WANTED)).isEqualTo(WANTED);
  }

  @Test
  void aLongOneLeavesWhatIsWanted() {
    var limit = new WaitLimit(Duration.ofHours(1));
    assertThat(limit.over()).isFalse();
    assertThat(limit.atMost(WANTED)).isEqualTo(WANTED);
  }

  @Test
  void aShortOneLeavesNoMoreThanItself() {
    var limit = new WaitLimit(Duration.ofSeconds(7));
    assertThat(limit.atMost(WANTED)).isLessThanOrEqualTo(Duration.ofSeconds(7)).isPositive();
  }

  @Test
  void oneThatIsOverLeavesAMillisecondForZeroWouldBeForEver() {
    var limit = new WaitLimit(Duration.ofNanos(1));
    assertThat(limit.over()).isTrue();
    assertThat(limit.atMost(WANTED)).isEqualTo(Duration.ofMillis(1));
  }
}
