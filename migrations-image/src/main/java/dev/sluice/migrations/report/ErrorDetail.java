package dev.sluice.migrations.report;

import static java.util.stream.Collectors.joining;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What may be repeated of the server's DETAIL: the names of columns and tables, never what is in
 * them. Where its author may have written it, nothing.
 */
public final class ErrorDetail {
  private static final int MOST_LINES = 5;

  /** The values stand between these two. */
  private static final Pattern KEY = Pattern.compile("(?s)Key (\\(.+?\\))=\\(.*");

  private static final Pattern OTHER_TABLE =
      Pattern.compile("(?s).*\\) is (not present in|still referenced from) table (\"[^\"]+\")\\.");

  /** What depends on it, locks and sessions in its way, types that don't fit: names alone. */
  private static final Set<String> NAMES = Set.of("2BP01", "40P01", "55006", "42804");

  /** The same where the server can't do it for such a reason; else it may name files. */
  private static final String NOT_SUPPORTED = "0A000";

  private ErrorDetail() {}

  /** Without a full stop; {@code context} as the server gives it. */
  public static Optional<String> of(String sqlState, String detail, String context) {
    if (context.contains(" at RAISE")) {
      return Optional.empty();
    }
    if (sqlState.startsWith("23")) {
      var key = KEY.matcher(detail);
      return key.matches() ? Optional.of("key " + key.group(1) + table(detail)) : Optional.empty();
    }
    var depends = sqlState.equals(NOT_SUPPORTED) && detail.contains(" depends on ");
    return depends || NAMES.contains(sqlState) ? Optional.of(lines(detail)) : Optional.empty();
  }

  private static String table(String detail) {
    var table = OTHER_TABLE.matcher(detail);
    return table.matches() ? " is " + table.group(1) + " table " + table.group(2) : "";
  }

  private static String lines(String detail) {
    var shown = detail.lines().limit(MOST_LINES).map(ErrorWords::ofHint).collect(joining("; "));
    var more = detail.lines().count() - MOST_LINES;
    return more > 0 ? shown + "; and " + more + " more" : shown.replaceFirst("\\.$", "");
  }
}
