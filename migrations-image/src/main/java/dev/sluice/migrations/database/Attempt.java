package dev.sluice.migrations.database;

import java.util.function.BiFunction;
import java.util.function.Function;

/** What came of trying to get something of a database. */
public sealed interface Attempt<T> {
  record Got<T>(T value) implements Attempt<T> {}

  /** It may pass by itself. */
  record NotYet<T>(DatabaseProblem trouble) implements Attempt<T> {}

  record Failed<T>(DatabaseProblem trouble) implements Attempt<T> {}

  /** The deadline or a signal came first; the trouble is what was waited for. */
  record Stopped<T>(Stop.Cause cause, DatabaseProblem trouble) implements Attempt<T> {}

  /** What was got leads to a further attempt; trouble stays what it is. */
  @SuppressWarnings("unchecked") // trouble holds no T
  default <R> Attempt<R> then(Function<T, Attempt<R>> next) {
    return this instanceof Got<T>(var value) ? next.apply(value) : (Attempt<R>) this;
  }

  /** One answer, for whoever won't try again. */
  default <R> R fold(
      Function<T, R> got,
      Function<DatabaseProblem, R> failed,
      BiFunction<Stop.Cause, DatabaseProblem, R> stopped) {
    return switch (this) {
      case Got<T>(var value) -> got.apply(value);
      case NotYet<T>(var trouble) -> failed.apply(trouble);
      case Failed<T>(var trouble) -> failed.apply(trouble);
      case Stopped<T>(var cause, var trouble) -> stopped.apply(cause, trouble);
    };
  }
}
