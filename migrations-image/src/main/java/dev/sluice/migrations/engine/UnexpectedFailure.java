package dev.sluice.migrations.engine;

import dev.sluice.migrations.event.RunEventSink;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import java.util.Objects;
import java.util.stream.Stream;

/** What nobody expected to be thrown, in the words of the report: running it again won't help. */
public final class UnexpectedFailure {
  private UnexpectedFailure() {}

  /** The log has where it happened. */
  public static Failure of(Throwable thrown, RunEventSink events) {
    if (isOutOfMemory(thrown)) {
      return outOfMemory();
    }
    StackTrace.of(thrown).forEach(events::warn);
    return of(thrown);
  }

  public static Failure of(Throwable thrown) {
    return isOutOfMemory(thrown)
        ? outOfMemory()
        : Failure.of(Reason.INTERNAL, "a bug: " + thrown.getClass().getName())
            .hint("see the log for where it happened, and report it");
  }

  public static boolean isOutOfMemory(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
        .limit(20)
        .anyMatch(OutOfMemoryError.class::isInstance);
  }

  private static Failure outOfMemory() {
    return Failure.of(
            Reason.OUT_OF_MEMORY,
            "it needs more memory than the %d MB that the program has"
                .formatted(Runtime.getRuntime().maxMemory() >> 20))
        .hint("raise spec.pod.resources.limits.memory (java -Xmx), or split the file");
  }
}
