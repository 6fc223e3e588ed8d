package dev.sluice.migrations.engine;

import java.util.Objects;
import java.util.stream.Stream;

/** Where a bug is: classes and lines, without messages, which may hold statements. */
public final class StackTrace {
  private StackTrace() {}

  public static Stream<String> of(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
        .limit(10)
        .flatMap(StackTrace::lines);
  }

  private static Stream<String> lines(Throwable cause) {
    return Stream.concat(
        Stream.of(cause.getClass().getName()),
        Stream.of(cause.getStackTrace()).limit(25).map(frame -> "    at " + frame));
  }
}
