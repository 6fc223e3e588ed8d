package dev.sluice.authoring.snapshot;

import java.util.List;
import java.util.regex.Pattern;

/** What a database has of the tools that migrate it, and no snapshot. */
final class History {
  static final List<String> SCHEMAS = List.of("sluice", "sluice_rehearsal");
  static final List<String> TABLES =
      List.of(
          "__drizzle_migrations",
          "__drizzle_migrations_id_seq",
          "flyway_schema_history",
          "databasechangelog",
          "databasechangeloglock");

  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)\\b(?:SCHEMA \"?(?:%1$s)\"?\\b|(?:%1$s)\\.|\"?(?:%2$s)\"?\\b)"
              .formatted(String.join("|", SCHEMAS), String.join("|", TABLES)));

  private History() {}

  /** A statement for something of it: its first line says so. */
  static boolean isOf(String statement) {
    return NAMED.matcher(statement.lines().findFirst().orElse("")).find();
  }
}
