package dev.sluice.migrations.cli;

import dev.sluice.migrations.text.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Environment variables; every one that is missing or out of range is noted, by its name. */
final class Variables {
  private final Map<String, String> values;
  private final UnaryOperator<String> names;
  private final List<String> problems = new ArrayList<>();

  Variables(Map<String, String> values) {
    this(values, name -> name);
  }

  /** {@code names}: what whoever set a variable calls it. */
  Variables(Map<String, String> values, UnaryOperator<String> names) {
    this.values = Map.copyOf(values);
    this.names = names;
  }

  List<String> problems() {
    return problems;
  }

  void problem(String text) {
    problems.add(text);
  }

  /** One of a certain variable. */
  void problem(String name, String text) {
    problems.add(names.apply(name) + " " + text);
  }

  /** An empty one counts as not set. */
  @Nullable String get(String name) {
    var value = values.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  String or(String name, String otherwise) {
    var value = get(name);
    return value == null ? otherwise : value;
  }

  boolean has(String name) {
    return get(name) != null;
  }

  /** {@code needed} says what a value must be. */
  @Nullable String matching(String name, Predicate<String> right, String needed) {
    var value = get(name);
    if (value != null && !right.test(value)) {
      problem(name, "must be " + needed);
      return null;
    }
    return value;
  }

  String required(String name, Predicate<String> right, String needed) {
    if (!has(name)) {
      problem(name, "is not set; it must be " + needed);
      return "";
    }
    var value = matching(name, right, needed);
    return value == null ? "" : value;
  }

  Duration duration(String name, Duration otherwise) {
    var value = get(name);
    if (value == null) {
      return otherwise;
    }
    var parsed = Durations.of(value);
    if (parsed.isEmpty()) {
      problem(name, "must be a duration like 90s, 30m or 1h30m");
    }
    return parsed.orElse(otherwise);
  }

  @Nullable Integer port(String name) {
    var value = matching(name, Variables::isPort, "a port, 1 to 65535");
    return value == null ? null : Integer.valueOf(value);
  }

  Optional<String> optional(String name) {
    return Optional.ofNullable(get(name));
  }

  private static boolean isPort(String text) {
    return text.matches("[0-9]{1,5}")
        && Integer.parseInt(text) >= 1
        && Integer.parseInt(text) <= 65535;
  }
}
