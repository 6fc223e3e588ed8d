package dev.sluice.migrations.engine;

import dev.sluice.migrations.database.DrizzleHistory;
import dev.sluice.migrations.database.FlywayHistory;
import dev.sluice.migrations.database.FlywayHistory.Entry;
import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Tool;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a folder or a changelog has and the history of its own tool doesn't say, by file or by
 * changeset. Rows that it lacks are those of a later revision.
 */
record Differences(
    String table, int total, List<String> missing, List<String> failed, List<String> edited) {
  private static final int NAMES_SHOWN = 10;

  Differences {
    missing = List.copyOf(missing);
    failed = List.copyOf(failed);
    edited = List.copyOf(edited);
  }

  /** The history is the tool's usual one where the order names no other. */
  static Differences between(Folder folder, Session session, Order order) throws SQLException {
    var schema = order.ledgerSchema();
    var table = order.ledgerTable();
    return switch (folder.layout()) {
      case DRIZZLE_JOURNAL, DRIZZLE_FOLDERS ->
          drizzle(folder, session, DrizzleHistory.table(schema, table));
      case FLYWAY ->
          flyway(
              folder, FlywayHistory.in(session, schema, table), FlywayHistory.name(schema, table));
    };
  }

  private static Differences drizzle(Folder folder, Session session, String table)
      throws SQLException {
    var history = DrizzleHistory.in(session, table);
    var rows = history.isPresent() ? history.get().rows() : List.<DrizzleHistory.Row>of();
    var missing = new ArrayList<String>();
    var edited = new ArrayList<String>();
    for (var migration : folder.migrations()) {
      if (migration.tool() instanceof Tool.Drizzle(var name, var hash, var when)) {
        var own =
            rows.stream()
                .filter(
                    row -> row.name() == null ? row.createdAt() == when : row.name().equals(name))
                .toList();
        if (own.isEmpty()) {
          missing.add(migration.file());
        } else if (own.stream().noneMatch(row -> row.hash().equals(hash))) {
          edited.add(migration.file());
        }
      }
    }
    return new Differences(table, folder.migrations().size(), missing, List.of(), edited);
  }

  private static Differences flyway(Folder folder, Optional<FlywayHistory> history, String asAsked)
      throws SQLException {
    var entries = history.isPresent() ? history.get().entries() : List.<Entry>of();
    var missing = new ArrayList<String>();
    var failed = new ArrayList<String>();
    var edited = new ArrayList<String>();
    for (var migration : folder.migrations()) {
      if (!(migration.tool() instanceof Tool.Flyway tool) || isBegun(tool, entries)) {
        continue;
      }
      var last = entries.stream().filter(e -> e.script().equals(tool.script())).reduce((_, e) -> e);
      if (last.isEmpty()) {
        missing.add(migration.file());
      } else if (!last.get().success()) {
        failed.add(migration.file());
      } else if (last.get().checksum() == null || last.get().checksum() != tool.checksum()) {
        edited.add(migration.file());
      }
    }
    var table = history.map(FlywayHistory::table).orElse(asAsked);
    return new Differences(table, folder.migrations().size(), missing, failed, edited);
  }

  private static boolean isBegun(Tool.Flyway tool, List<Entry> entries) {
    return entries.stream()
        .filter(entry -> entry.type().equals("BASELINE"))
        .map(Entry::version)
        .anyMatch(version -> version != null && tool.isUpTo(version));
  }

  Optional<Failure> failure() {
    var first = Stream.of(missing, failed, edited).flatMap(List::stream).findFirst();
    return first.map(file ->
        Failure.of(Reason.LEDGER_DIFFERS, sentence())
            .in(isChangeSet(file) ? file : null, file.split("::", 2)[0])
            .hint("see the log of the tool: it passed them over, or didn't come to their end"));
  }

  private static boolean isChangeSet(String name) {
    return name.contains("::");
  }

  private String sentence() {
    var parts = new ArrayList<String>();
    part(parts, "isn't in " + table, missing);
    part(parts, "failed", failed);
    part(parts, "isn't what was applied", edited);
    return String.join("; ", parts);
  }

  private static void part(List<String> parts, String what, List<String> files) {
    if (!files.isEmpty()) {
      var shown = String.join(", ", files.subList(0, Math.min(NAMES_SHOWN, files.size())));
      var more = files.size() - NAMES_SHOWN;
      parts.add(what + ": " + shown + (more > 0 ? " and " + more + " more" : ""));
    }
  }
}
