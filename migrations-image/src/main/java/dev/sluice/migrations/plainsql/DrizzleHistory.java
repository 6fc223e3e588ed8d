package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.engine.Differences;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.folder.ToolIdentity;
import dev.sluice.migrations.postgres.DrizzleHistoryTable;
import dev.sluice.migrations.postgres.DrizzleHistoryTable.Row;
import dev.sluice.migrations.postgres.SqlPart;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** What drizzle-kit or drizzle-orm has applied. */
record DrizzleHistory(DrizzleHistoryTable table) implements ToolHistory {
  @Override
  public Optional<String> claim(List<Migration> pending, boolean ledgerIsEmpty)
      throws SQLException {
    var rows = table.rows();
    var known = new HashSet<Object>();
    rows.forEach(row -> known.addAll(List.of(row.createdAt(), row.hash())));
    rows.stream().map(Row::name).filter(Objects::nonNull).forEach(known::add);
    return ToolHistory.claim(
        table.name(),
        rows.size(),
        pending,
        migration ->
            migration.tool() instanceof ToolIdentity.Drizzle(var name, var hash, var when)
                && (known.contains(when) || known.contains(hash) || known.contains(name)),
        ledgerIsEmpty);
  }

  @Override
  public Optional<SqlPart> entry(Migration migration, OptionalLong millis) {
    return migration.tool() instanceof ToolIdentity.Drizzle(var name, var hash, var when)
        ? Optional.of(table.entry(new Row(hash, when, name)))
        : Optional.empty();
  }

  @Override
  public Differences differences(Folder folder) throws SQLException {
    var rows = table.rows();
    var missing = new ArrayList<String>();
    var edited = new ArrayList<String>();
    for (var migration : folder.migrations()) {
      if (migration.tool() instanceof ToolIdentity.Drizzle(var name, var hash, var when)) {
        var own = rows.stream().filter(row -> isOf(row, name, when)).toList();
        if (own.isEmpty()) {
          missing.add(migration.file());
        } else if (own.stream().noneMatch(row -> row.hash().equals(hash))) {
          edited.add(migration.file());
        }
      }
    }
    return new Differences(table.name(), folder.migrations().size(), missing, List.of(), edited);
  }

  private static boolean isOf(Row row, String name, long when) {
    return row.name() == null ? row.createdAt() == when : row.name().equals(name);
  }
}
