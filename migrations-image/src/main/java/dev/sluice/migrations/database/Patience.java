package dev.sluice.migrations.database;

import dev.sluice.migrations.database.DatabaseProblem.Kind;
import dev.sluice.migrations.event.RunEventSink;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Tries again until the deadline; each distinct cause is told once. */
public final class Patience {
  private final Stop stop;
  private final RunEventSink events;
  private final Duration pause;
  private final Deadline authentication;
  private final Optional<Deadline> unreachable;
  private final Set<String> told = new HashSet<>();

  /** A wrong password is tried for a while: it may be rotating. */
  public Patience(Stop stop, RunEventSink events, Duration pause, Duration wrongPassword) {
    this(stop, events, pause, wrongPassword, Optional.empty());
  }

  /** {@code unreachable}: for how long a database that isn't there is tried again. */
  public Patience(
      Stop stop,
      RunEventSink events,
      Duration pause,
      Duration wrongPassword,
      Optional<Duration> unreachable) {
    this.stop = stop;
    this.events = events;
    this.pause = pause;
    this.authentication = Deadline.in(wrongPassword);
    this.unreachable = unreachable.map(Deadline::in);
  }

  public <T> Attempt<T> until(Supplier<Attempt<T>> attempt) {
    while (true) {
      var answer = attempt.get();
      if (!(answer instanceof Attempt.NotYet(var trouble))) {
        return answer;
      }
      if (isOver(trouble.kind())) {
        return new Attempt.Failed<>(trouble);
      }
      if (told.add(trouble.message())) {
        events.note("waiting: " + trouble.message() + " (" + more(trouble) + ")");
      }
      if (!stop.sleep(pause)) {
        return new Attempt.Stopped<>(stop.cause().orElseThrow(), trouble);
      }
    }
  }

  private boolean isOver(Kind kind) {
    return limit(kind).filter(Deadline::isOver).isPresent();
  }

  private Optional<Deadline> limit(Kind kind) {
    return switch (kind) {
      case AUTHENTICATION -> Optional.of(authentication);
      case UNREACHABLE -> unreachable;
      default -> Optional.empty();
    };
  }

  private String more(DatabaseProblem trouble) {
    return limit(trouble.kind())
        .filter(limit -> limit.rest().compareTo(stop.deadline().rest()) < 0)
        .orElse(stop.deadline())
        .more();
  }
}
