package dev.sluice.migrations.engine;

import dev.sluice.migrations.database.DrizzleHistory;
import dev.sluice.migrations.database.FlywayHistory;
import dev.sluice.migrations.database.Part;
import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.folder.Layout;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.folder.Tool;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** The history table of the tool that the folder was made for, where the database has it. */
record ToolHistory(Optional<DrizzleHistory> drizzle, Optional<FlywayHistory> flyway) {

  static ToolHistory of(Session session, Layout layout) throws SQLException {
    return switch (layout) {
      case DRIZZLE_JOURNAL, DRIZZLE_FOLDERS ->
          new ToolHistory(DrizzleHistory.in(session), Optional.empty());
      case FLYWAY -> new ToolHistory(Optional.empty(), FlywayHistory.in(session));
    };
  }

  /**
   * Empty unless it says that pending migrations are applied already, or holds other rows while
   * ours holds none.
   */
  Optional<String> claim(List<Migration> pending, boolean ledgerIsEmpty) throws SQLException {
    if (drizzle.isPresent()) {
      return drizzle(drizzle.get().rows(), pending, ledgerIsEmpty);
    }
    return flyway.isPresent() ? flyway(flyway.get(), pending, ledgerIsEmpty) : Optional.empty();
  }

  private static Optional<String> drizzle(
      List<DrizzleHistory.Row> rows, List<Migration> pending, boolean ledgerIsEmpty) {
    var known = new HashSet<Object>();
    rows.forEach(row -> known.addAll(List.of(row.createdAt(), row.hash())));
    rows.stream().map(DrizzleHistory.Row::name).filter(Objects::nonNull).forEach(known::add);
    return claim(
        DrizzleHistory.TABLE,
        rows.size(),
        pending,
        migration ->
            migration.tool() instanceof Tool.Drizzle(var name, var hash, var when)
                && (known.contains(when) || known.contains(hash) || known.contains(name)),
        ledgerIsEmpty);
  }

  private static Optional<String> flyway(
      FlywayHistory history, List<Migration> pending, boolean ledgerIsEmpty) throws SQLException {
    var scripts = new HashSet<>(history.scripts());
    return claim(
        history.table(),
        scripts.size(),
        pending.stream().filter(m -> !m.isRepeatable() || ledgerIsEmpty).toList(),
        migration ->
            migration.tool() instanceof Tool.Flyway flyway && scripts.contains(flyway.script()),
        ledgerIsEmpty);
  }

  private static Optional<String> claim(
      String table, int rows, List<Migration> pending, Predicate<Migration> known, boolean empty) {
    var claimed = pending.stream().filter(known).map(Migration::file).toList();
    if (claimed.isEmpty() && (rows == 0 || !empty)) {
      return Optional.empty();
    }
    return Optional.of(
        claimed.isEmpty()
            ? table + " holds " + rows + " rows, and the ledger none of this folder"
            : table
                + " says that "
                + claimed.getFirst()
                + " is applied"
                + (claimed.size() == 1 ? "" : ", and " + (claimed.size() - 1) + " more")
                + ", and the ledger lacks it");
  }

  /** What is entered in the transaction of the migration; empty where there is no such table. */
  Optional<Part> entry(Migration migration, long millis) {
    return switch (migration.tool()) {
      case Tool.Drizzle(var name, var hash, var when) ->
          drizzle.map(it -> it.entry(new DrizzleHistory.Row(hash, when, name)));
      case Tool.Flyway(var version, var description, var script, var checksum) ->
          flyway.map(it ->
              it.entry(new FlywayHistory.Row(version, description, script, checksum), millis));
    };
  }
}
