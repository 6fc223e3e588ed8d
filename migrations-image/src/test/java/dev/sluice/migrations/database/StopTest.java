package dev.sluice.migrations.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StopTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private long now;
  private final Stop stop = new Stop(new Deadline(() -> now, Duration.ofSeconds(10), false));

  @Test
  void hasNoCauseBeforeTheDeadline() {
    assertThat(stop.cause()).isEmpty();
    assertThat(stop.sleep(Duration.ZERO)).isTrue();
  }

  @Test
  void theDeadlineIsACause() {
    now = Duration.ofSeconds(10).toNanos();
    assertThat(stop.cause()).contains(Stop.Cause.DEADLINE);
    assertThat(stop.sleep(LONG)).isFalse();
  }

  @Test
  void theFirstCauseStays() {
    stop.now(Stop.Cause.SIGNAL);
    stop.now(Stop.Cause.DEADLINE);
    now = Duration.ofSeconds(10).toNanos();
    assertThat(stop.cause()).contains(Stop.Cause.SIGNAL);
  }

  @Test
  void afterAStopNobodySleeps() {
    stop.now(Stop.Cause.SIGNAL);
    assertThat(stop.sleep(LONG)).isFalse();
  }

  @Test
  void wakesWhoeverSleeps() throws InterruptedException {
    var endless = new Stop(Deadline.in(Duration.ZERO));
    var woken = new CountDownLatch(1);
    var sleeper =
        Thread.ofVirtual()
            .start(() -> {
              if (!endless.sleep(LONG)) {
                woken.countDown();
              }
            });
    endless.now(Stop.Cause.SIGNAL);
    assertThat(woken.await(1, TimeUnit.MINUTES)).isTrue();
    sleeper.join();
  }

  @Test
  void anInterruptIsASignal() throws InterruptedException {
    var endless = new Stop(Deadline.in(Duration.ZERO));
    var sleeper = Thread.ofVirtual().start(() -> endless.sleep(LONG));
    sleeper.interrupt();
    sleeper.join();
    assertThat(endless.cause()).contains(Stop.Cause.SIGNAL);
  }

  /** The first cancel may come too early for the statement that it is meant for. */
  @Test
  void cancelsWhatItGuardsUntilThatHasNoticed() throws InterruptedException {
    var cancels = new CountDownLatch(3);
    stop.guard(cancels::countDown);
    stop.now(Stop.Cause.SIGNAL);
    assertThat(cancels.await(1, TimeUnit.MINUTES)).isTrue();
    stop.release();
  }

  @Test
  void cancelsAtTheDeadline() throws InterruptedException {
    var cancelled = new CountDownLatch(1);
    now = Duration.ofSeconds(10).toNanos();
    stop.guard(cancelled::countDown);
    assertThat(cancelled.await(1, TimeUnit.MINUTES)).isTrue();
    stop.release();
  }
}
