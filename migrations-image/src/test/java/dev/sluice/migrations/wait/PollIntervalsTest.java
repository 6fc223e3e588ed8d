package dev.sluice.migrations.wait;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each is half of it to all of it, by chance. */
class PollIntervalsTest {
  private final PollIntervals intervals = new PollIntervals();

  private static void isAbout(Duration interval, Duration most) {
    assertThat(interval).isBetween(most.dividedBy(2), most);
  }

  @Test
  void becomeLongerWithEachFailureButNotForEver() {
    for (var most : new long[] {500, 1000, 2000, 4000, 8000, 8000, 8000}) {
      isAbout(intervals.afterFailure(Duration.ZERO), Duration.ofMillis(most));
    }
  }

  @Test
  void doNotOverflow() {
    for (var i = 0; i < 100; i++) {
      assertThat(intervals.afterFailure(Duration.ZERO)).isPositive();
    }
  }

  @Test
  void beginAnewAfterAWatchThatEndedWell() {
    failTimes(4);
    isAbout(intervals.afterWatch(), Duration.ofSeconds(2));
    isAbout(intervals.afterFailure(Duration.ZERO), Duration.ofMillis(500));
    failTimes(4);
    intervals.beforeTheLast();
    isAbout(intervals.afterFailure(Duration.ZERO), Duration.ofMillis(500));
  }

  private void failTimes(int times) {
    for (var i = 0; i < times; i++) {
      intervals.afterFailure(Duration.ZERO);
    }
  }

  @Test
  void areAtLeastWhatTheServerAskedFor() {
    for (var i = 0; i < 20; i++) {
      assertThat(intervals.afterFailure(Duration.ofSeconds(30)))
          .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(31));
    }
  }

  @Test
  void areShortBeforeTheLastLook() {
    for (var i = 0; i < 20; i++) {
      assertThat(intervals.beforeTheLast()).isLessThan(Duration.ofMillis(200));
    }
  }

  @Test
  void areNotTheSameForAThousandPods() {
    isAbout(intervals.poll(), Duration.ofSeconds(8));
    isAbout(intervals.watch(), Duration.ofSeconds(90));
    var watches = Stream.generate(intervals::watch).limit(50).toList();
    assertThat(new HashSet<>(watches)).hasSizeGreaterThan(10);
  }
}
