package dev.sluice.migrations.postgres;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement, without its semicolon, of several that are sent at once; a question mark in it
 * stands for a parameter, and for nothing else.
 */
public record SqlPart(String sql, List<@Nullable Object> parameters) {
  public static final SqlPart BEGIN = of("begin");
  public static final SqlPart COMMIT = of("commit");

  public SqlPart {
    parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
  }

  static SqlPart of(String sql, @Nullable Object... parameters) {
    return new SqlPart(sql.strip(), Arrays.asList(parameters));
  }

  /** As it is written: a question mark in it is one, and it may end with a comment. */
  public static SqlPart verbatim(String statement) {
    return new SqlPart("?", List.of(new Text(statement.strip().replaceAll(";$", "") + "\n")));
  }

  private record Text(String sql) {}

  /** The statements of one message, each ended by a semicolon. */
  public static String message(List<SqlPart> parts) {
    return parts.stream().map(part -> part.text() + ";\n").collect(joining());
  }

  /** With its parameters put in. */
  String text() {
    var text = new StringBuilder();
    var next = parameters.iterator();
    for (var i = 0; i < sql.length(); i++) {
      if (sql.charAt(i) == '?') {
        text.append(literal(next.next()));
      } else {
        text.append(sql.charAt(i));
      }
    }
    return text.toString();
  }

  /** In a form that doesn't depend on standard_conforming_strings. */
  private static String literal(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case Text(var sql) -> sql;
      case Number number -> number.toString();
      case Boolean truth -> truth.toString();
      default -> "E'" + value.toString().replace("\\", "\\\\").replace("'", "''") + "'";
    };
  }
}
