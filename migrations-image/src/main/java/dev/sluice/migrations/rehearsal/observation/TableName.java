package dev.sluice.migrations.rehearsal.observation;

import java.util.regex.Pattern;

/** A table by schema and name, neither quoted. */
public record TableName(String schema, String name) {
  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

  /** As in SQL; quoted where it has to be, reserved words aside. */
  @Override
  public String toString() {
    return quoted(schema) + "." + quoted(name);
  }

  private static String quoted(String part) {
    return PLAIN.matcher(part).matches() ? part : '"' + part.replace("\"", "\"\"") + '"';
  }
}
