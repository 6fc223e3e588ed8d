package dev.sluice.migrations.database;

import dev.sluice.migrations.database.DatabaseProblem.Kind;
import dev.sluice.migrations.event.RunEventSink;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/** Tries again until the deadline; each distinct cause is told once. */
public final class Patience {
  private final Stop stop;
  private final RunEventSink events;
  private final Duration pause;
  private final Deadline authentication;
  private final Set<String> told = new HashSet<>();

  /** A wrong password is tried for a while: it may be rotating. */
  public Patience(Stop stop, RunEventSink events, Duration pause, Duration wrongPassword) {
    this.stop = stop;
    this.events = events;
    this.pause = pause;
    this.authentication = Deadline.in(wrongPassword);
  }

  public <T> Attempt<T> until(Supplier<Attempt<T>> attempt) {
    while (true) {
      var answer = attempt.get();
      if (!(answer instanceof Attempt.NotYet(var trouble))) {
        return answer;
      }
      if (trouble.kind() == Kind.AUTHENTICATION && authentication.isOver()) {
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

  private String more(DatabaseProblem trouble) {
    var limited = trouble.kind() == Kind.AUTHENTICATION;
    var first =
        limited && authentication.rest().compareTo(stop.deadline().rest()) < 0
            ? authentication
            : stop.deadline();
    return first.more();
  }
}
