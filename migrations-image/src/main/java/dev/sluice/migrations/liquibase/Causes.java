package dev.sluice.migrations.liquibase;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What is said along the chain of causes of something that was thrown. */
final class Causes {
  private static final String SQL_FOLLOWS = "[Failed SQL";
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
    return message == null ? thrown.getClass().getSimpleName() : cleaned(message);
  }

  /** On one line, and without the statement that Liquibase appends. */
  static String cleaned(String message) {
    var end = message.indexOf(SQL_FOLLOWS);
    var words = (end < 0 ? message : message.substring(0, end)).replaceAll("\\s+", " ").strip();
    var reason = words.lastIndexOf(REASON);
    return reason < 0 ? words : words.substring(reason + REASON.length());
  }
}
