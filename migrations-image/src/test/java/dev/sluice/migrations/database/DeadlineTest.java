package dev.sluice.migrations.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlineTest {
  private long now = 1_000;

  private Deadline in(Duration rest) {
    return new Deadline(() -> now, rest, false);
  }

  private void passes(Duration time) {
    now += time.toNanos();
  }

  @Test
  void comesNearer() {
    var deadline = in(Duration.ofSeconds(10));
    assertThat(deadline.rest()).isEqualTo(Duration.ofSeconds(10));
    passes(Duration.ofSeconds(4));
    assertThat(deadline.rest()).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void isOverWhenNothingIsLeft() {
    var deadline = in(Duration.ofSeconds(1));
    passes(Duration.ofSeconds(1).minusNanos(1));
    assertThat(deadline.isOver()).isFalse();
    passes(Duration.ofNanos(1));
    assertThat(deadline.isOver()).isTrue();
    passes(Duration.ofDays(1));
    assertThat(deadline.isOver()).isTrue();
    assertThat(deadline.rest()).isZero();
  }

  @Test
  void takesNoNoticeOfAClockThatOverflows() {
    now = Long.MAX_VALUE - 5;
    var deadline = in(Duration.ofNanos(10));
    assertThat(deadline.isOver()).isFalse();
    passes(Duration.ofNanos(9));
    assertThat(deadline.rest()).isEqualTo(Duration.ofNanos(1));
    passes(Duration.ofNanos(1));
    assertThat(deadline.isOver()).isTrue();
  }

  @Test
  void ofZeroIsNever() {
    var never = Deadline.in(Duration.ZERO);
    assertThat(never.isOver()).isFalse();
    assertThat(never.rest()).isEqualTo(Duration.ofDays(365));
    assertThat(never.more()).isEqualTo("as long as it takes");
  }

  @Test
  void isAtMostAYearAway() {
    assertThat(Deadline.in(Duration.ofSeconds(Long.MAX_VALUE)).rest())
        .isLessThanOrEqualTo(Duration.ofDays(365))
        .isGreaterThan(Duration.ofDays(364));
  }

  @ParameterizedTest
  @CsvSource({
    "PT0.5S, up to 0s more",
    "PT59.9S, up to 59s more",
    "PT60S, up to 1m0s more",
    "PT29M55S, up to 29m55s more",
    "PT59M59S, up to 59m59s more",
    "PT1H, up to 1h0m more",
    "PT25H59M59S, up to 25h59m more"
  })
  void isToldToAReader(Duration rest, String words) {
    assertThat(in(rest).more()).isEqualTo(words);
  }
}
