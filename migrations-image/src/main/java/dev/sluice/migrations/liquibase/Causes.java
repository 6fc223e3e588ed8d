package dev.sluice.migrations.liquibase;

import dev.sluice.migrations.report.ErrorWords;
import java.text.ParseException;
import java.time.DateTimeException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What is said along the chain of causes of something that was thrown. */
final class Causes {
  private static final String REASON = "Reason: ";

  private Causes() {}

  static <T extends Throwable> Optional<T> first(Throwable thrown, Class<T> type) {
    return chain(thrown).filter(type::isInstance).map(type::cast).findFirst();
  }

  static Stream<Throwable> chain(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).limit(20);
  }

  static Throwable deepest(Throwable thrown) {
    return chain(thrown).reduce(thrown, (_, next) -> next);
  }

  static String words(Throwable thrown) {
    var message = thrown.getMessage();
    if (message == null) {
      return thrown.getClass().getSimpleName();
    }
    return isOfJava(thrown)
        ? "a value can't be read (" + thrown.getClass().getSimpleName() + ")"
        : cleaned(message);
  }

  /** Java's own parsers quote the value that they can't read. */
  private static boolean isOfJava(Throwable thrown) {
    var frames = thrown.getStackTrace();
    return (thrown instanceof IllegalArgumentException
            || thrown instanceof DateTimeException
            || thrown instanceof ParseException)
        && frames.length > 0
        && frames[0].getClassName().startsWith("java.");
  }

  /** On one line, and without the statements and values that are quoted. */
  static String cleaned(String message) {
    var words = ErrorWords.ofLibrary(message).replaceAll("\\s+", " ").strip();
    var reason = words.lastIndexOf(REASON);
    return reason < 0 ? words : words.substring(reason + REASON.length());
  }
}
