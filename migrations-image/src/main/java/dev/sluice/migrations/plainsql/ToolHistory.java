package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.engine.Differences;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.postgres.SqlPart;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** The history of the tool that the folder was made for, as the database has it. */
sealed interface ToolHistory permits DrizzleHistory, FlywayHistory, NoHistory {

  /**
   * Empty unless it says that pending migrations are applied already, or holds other rows while
   * ours holds none.
   */
  Optional<String> claim(List<Migration> pending, boolean ledgerIsEmpty) throws SQLException;

  /**
   * What is entered in the transaction of the migration, which took as long as that unless {@code
   * millis} says otherwise; empty where there is no such table.
   */
  Optional<SqlPart> entry(Migration migration, OptionalLong millis);

  /** What the folder has and the history doesn't. */
  Differences differences(Folder folder) throws SQLException;

  static Optional<String> claim(
      String table,
      int rows,
      List<Migration> pending,
      Predicate<Migration> isIn,
      boolean ledgerIsEmpty) {
    var claimed = pending.stream().filter(isIn).map(Migration::file).toList();
    if (claimed.isEmpty() && (rows == 0 || !ledgerIsEmpty)) {
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
}
