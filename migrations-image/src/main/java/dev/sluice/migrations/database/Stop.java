package dev.sluice.migrations.database;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Ends a run from outside: by a signal, or at its deadline. Whoever waits is woken; a statement
 * that runs is cancelled, again and again until the run has noticed.
 */
public final class Stop {
  public enum Cause {
    DEADLINE,
    SIGNAL
  }

  private static final Duration AGAIN = Duration.ofMillis(250);

  private final Deadline deadline;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Cause cause;
  private @Nullable Runnable canceller;
  private @Nullable Stop inner;

  public Stop(Deadline deadline) {
    this.deadline = deadline;
  }

  public Deadline deadline() {
    return deadline;
  }

  /** For work in between, on another session: it ends with this one, and guards by itself. */
  public Stop inner() {
    var other = new Stop(deadline);
    locked(() -> inner = other);
    cause().ifPresent(other::now);
    return other;
  }

  /** The first cause stays. */
  public void now(Cause why) {
    locked(() -> {
      if (cause == null) {
        cause = why;
      }
      changed.signalAll();
      if (inner != null) {
        inner.now(why);
      }
    });
  }

  public Optional<Cause> cause() {
    lock.lock();
    try {
      if (cause == null && deadline.isOver()) {
        cause = Cause.DEADLINE;
        changed.signalAll();
      }
      return Optional.ofNullable(cause);
    } finally {
      lock.unlock();
    }
  }

  /** False when the run must end. */
  public boolean sleep(Duration howLong) {
    var pause = deadline.rest().compareTo(howLong) < 0 ? deadline.rest() : howLong;
    lock.lock();
    try {
      var left = pause.toNanos();
      while (cause == null && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      now(Cause.SIGNAL);
    } finally {
      lock.unlock();
    }
    return cause().isEmpty();
  }

  /** Until it is released, a stop cancels what runs there. */
  public void guard(Runnable cancel) {
    locked(() -> canceller = cancel);
    Thread.ofPlatform().daemon().name("stop").start(this::watch);
  }

  /** The run has noticed: what it does from here on, to clean up, isn't cancelled. */
  public void release() {
    locked(() -> {
      canceller = null;
      changed.signalAll();
    });
  }

  private void watch() {
    var guarded = true;
    while (guarded) {
      if (!sleep(AGAIN)) {
        cancel();
        pause();
      }
      lock.lock();
      try {
        guarded = canceller != null;
      } finally {
        lock.unlock();
      }
    }
  }

  /** Under the lock, so that a cancel never hits what runs after {@link #release}. */
  private void cancel() {
    locked(() -> {
      if (canceller != null) {
        canceller.run();
      }
    });
  }

  private void pause() {
    lock.lock();
    try {
      var left = AGAIN.toNanos();
      while (canceller != null && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }
}
