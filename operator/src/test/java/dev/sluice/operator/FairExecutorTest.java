package dev.sluice.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose turn it is, and who gets how many threads. */
final class FairExecutorTest {
  private final FairExecutor executor = new FairExecutor(8, task -> ((Task) task).namespace());
  private final ConcurrentLinkedQueue<String> started = new ConcurrentLinkedQueue<>();
  private final CountDownLatch open = new CountDownLatch(1);

  @AfterEach
  void stop() {
    open.countDown();
    executor.shutdownNow();
  }

  private record Task(String namespace, Runnable work) implements Runnable {
    @Override
    public void run() {
      work.run();
    }
  }

  /** Work that goes on until the gate opens. */
  private void slow(String namespace, int tasks) {
    slow(executor, namespace, tasks);
  }

  private void slow(FairExecutor on, String namespace, int tasks) {
    for (var n = 0; n < tasks; n++) {
      on.execute(
          new Task(
              namespace,
              () -> {
                started.add(namespace);
                try {
                  open.await();
                } catch (InterruptedException _) {
                  Thread.currentThread().interrupt();
                }
              }));
    }
  }

  private void starts(String... namespaces) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(started).containsExactlyInAnyOrder(namespaces));
  }

  @Test
  void oneAloneGetsHalfAndWhoeverComesHalfOfTheRest() {
    slow("a", 100);
    slow("b", 100);
    slow("c", 100);
    slow("d", 100);

    starts("a", "a", "a", "a", "b", "b", "c", "d");
  }

  /** On one thread, so that one runs after the other. */
  @Test
  void theyTakeTurns() {
    var one = new FairExecutor(1, task -> ((Task) task).namespace());
    slow(one, "a", 30);
    slow(one, "b", 3);

    open.countDown();

    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> started.size() == 33);
    one.shutdownNow();
    assertThat(List.copyOf(started).subList(0, 8))
        .containsExactly("a", "a", "b", "a", "b", "a", "b", "a");
  }

  @Test
  void whatFailsFreesItsThread() {
    for (var n = 0; n < 100; n++) {
      executor.execute(
          new Task(
              "a",
              () -> {
                started.add("a");
                throw new IllegalStateException("on purpose");
              }));
    }

    Awaitility.await()
        .dontCatchUncaughtExceptions()
        .atMost(Duration.ofSeconds(20))
        .until(() -> started.size() == 100);
  }

  @Test
  void whoStopsWaitsForWhatRunsAndTakesNothingMore() throws InterruptedException {
    slow("a", 50);
    starts("a", "a", "a", "a");

    executor.shutdown();

    assertThatThrownBy(() -> slow("b", 1)).isInstanceOf(RejectedExecutionException.class);
    assertThat(executor.awaitTermination(100, TimeUnit.MILLISECONDS)).isFalse();
    open.countDown();
    assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    assertThat(started).hasSize(4);
  }
}
