package dev.sluice.migrations.liquibase;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.precondition.Precondition;
import liquibase.precondition.PreconditionLogic;
import liquibase.precondition.core.PreconditionContainer;
import liquibase.precondition.core.SqlPrecondition;
import org.jspecify.annotations.Nullable;

/** Preconditions as a person reads them, all of their SQL included; nothing is checked. */
final class PreconditionText {
  private static final String NESTED = "nestedPreconditions";

  private PreconditionText() {}

  /** Comments of SQL, a line each; none where there are no preconditions. */
  static List<String> of(@Nullable PreconditionContainer container) {
    if (container == null || container.getNestedPreconditions().isEmpty()) {
      return List.of();
    }
    var head =
        "if, when it runs, all of these hold (%s):"
            .formatted(
                Stream.of(
                        "if not: " + container.getOnFail(),
                        "on an error: " + container.getOnError())
                    .collect(Collectors.joining(", ")));
    return Stream.concat(Stream.of(head), nested(container, "  "))
        .flatMap(String::lines)
        .map(line -> "-- " + line)
        .toList();
  }

  /** The words of the author before those of Liquibase. */
  static String saying(@Nullable PreconditionContainer container, boolean error, String words) {
    if (container == null) {
      return words;
    }
    var own = error ? container.getOnErrorMessage() : container.getOnFailMessage();
    return own == null || own.isBlank() || words.contains(own.strip())
        ? words
        : own.strip() + ": " + words;
  }

  private static Stream<String> nested(PreconditionLogic logic, String indent) {
    return logic.getNestedPreconditions().stream().flatMap(one -> lines(one, indent));
  }

  private static Stream<String> lines(Precondition condition, String indent) {
    return switch (condition) {
      case PreconditionLogic logic ->
          Stream.concat(
              Stream.of(indent + logic.getName().toLowerCase(Locale.ROOT) + ":"),
              nested(logic, indent + "  "));
      case SqlPrecondition sql ->
          Stream.concat(
              Stream.of(indent + "the result is " + sql.getExpectedResult() + " of"),
              String.valueOf(sql.getSql()).lines().map(line -> indent + "  " + line));
      default -> Stream.of(indent + condition.getName() + fields(condition));
    };
  }

  private static String fields(Precondition condition) {
    Map<String, String> fields = new TreeMap<>();
    for (var name : condition.getSerializableFields()) {
      var value = name.equals(NESTED) ? null : condition.getSerializableFieldValue(name);
      if (value != null) {
        fields.put(name, value.toString());
      }
    }
    return fields.isEmpty() ? "" : " " + fields;
  }
}
