package dev.sluice.migrations.engine;

import dev.sluice.migrations.database.Attempt;
import dev.sluice.migrations.database.Destination;
import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.database.SessionSettings;
import dev.sluice.migrations.event.RunEvent;
import dev.sluice.migrations.event.RunEventSink;
import dev.sluice.migrations.postgres.Activity;
import dev.sluice.migrations.postgres.Connector;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hands events on, and says every 30 s of a long changeset what the server is doing for it. That is
 * asked on a session of its own, which is opened only then; where it can't be had, less is said.
 */
public final class SignsOfLife implements RunEventSink, AutoCloseable {
  public static final Duration USUAL = Duration.ofSeconds(30);

  /** For a look, which nobody waits for. */
  private static final Duration SHORT = Duration.ofSeconds(5);

  private final RunEventSink events;
  private final SessionSource source;
  private final Activity activity;
  private final Duration interval;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private RunEvent.@Nullable Began current;
  private long began;
  private boolean isClosed;
  private boolean isStarted;

  /** Opens the session that looks; null: it can't be had. */
  @FunctionalInterface
  public interface SessionSource {
    @Nullable Session opened() throws SQLException;
  }

  /** {@code activity}: of the session that works. */
  public SignsOfLife(
      Activity activity, SessionSource source, RunEventSink events, Duration interval) {
    this.activity = activity;
    this.source = source;
    this.events = events;
    this.interval = interval;
  }

  static SignsOfLife of(
      Session session, ConnectionRequest request, RunEventSink events, Duration interval)
      throws SQLException {
    var connector = new Connector(looking(request.destination()), request.credentials(), _ -> {});
    return new SignsOfLife(
        Activity.of(session),
        () -> connector.connect() instanceof Attempt.Got<Session>(var other) ? other : null,
        events,
        interval);
  }

  /** As the user that connects: that one sees what its own sessions do. */
  private static Destination looking(Destination destination) {
    return new Destination(
        destination.host(),
        destination.port(),
        destination.database(),
        destination.tls(),
        destination.applicationName(),
        new SessionSettings(null, SHORT, SHORT, List.of()));
  }

  @Override
  public void on(RunEvent event) {
    switch (event) {
      case RunEvent.Began now -> runs(now);
      case RunEvent.Ended _ -> runs(null);
      default -> {}
    }
    events.on(event);
  }

  private void runs(RunEvent.@Nullable Began now) {
    lock.lock();
    try {
      current = now;
      began = System.nanoTime();
      if (now != null && !isStarted) {
        isStarted = true;
        Thread.ofPlatform().daemon().name("signs of life").start(this::watch);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** One changeset after the other. */
  private void watch() {
    while (true) {
      RunEvent.@Nullable Began one;
      lock.lock();
      try {
        while (current == null && !isClosed) {
          changed.awaitUninterruptibly();
        }
        if (isClosed) {
          return;
        }
        one = current;
      } finally {
        lock.unlock();
      }
      if (one != null) {
        watch(one);
      }
    }
  }

  private void watch(RunEvent.Began one) {
    @Nullable Session other = null;
    try {
      while (isStillThere(one)) {
        other = opened(other);
        var words = words(other);
        if (isCurrent(one)) {
          events.on(
              new RunEvent.StillRunning(one.number(), one.of(), one.changeSet(), elapsed(), words));
        }
      }
    } finally {
      close(other);
    }
  }

  /** After another interval. */
  private boolean isStillThere(RunEvent.Began one) {
    lock.lock();
    try {
      var left = interval.toNanos();
      while (left > 0 && isCurrent(one)) {
        left = changed.awaitNanos(left);
      }
      return isCurrent(one);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private boolean isCurrent(RunEvent.Began one) {
    lock.lock();
    try {
      return one.equals(current) && !isClosed;
    } finally {
      lock.unlock();
    }
  }

  private Duration elapsed() {
    lock.lock();
    try {
      return Duration.ofNanos(System.nanoTime() - began);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Session opened(@Nullable Session before) {
    try {
      if (before != null && before.connection().isValid(1)) {
        return before;
      }
      close(before);
      return source.opened();
    } catch (SQLException | RuntimeException _) {
      // the run goes on without
      return null;
    }
  }

  private String words(@Nullable Session other) {
    try {
      return other == null ? "" : activity.words(other);
    } catch (SQLException _) {
      return "";
    }
  }

  private static void close(@Nullable Session other) {
    if (other != null) {
      other.close();
    }
  }

  /** Nothing more is said. */
  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
