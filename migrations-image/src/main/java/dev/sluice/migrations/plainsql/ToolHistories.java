package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.postgres.DrizzleHistoryTable;
import dev.sluice.migrations.postgres.FlywayHistoryTable;
import dev.sluice.migrations.postgres.TableName;
import java.sql.SQLException;

/** Finds the history of the tool that a folder was made for. */
final class ToolHistories {
  private ToolHistories() {}

  /** As the request names it, else as the folder's own settings do. */
  static TableName table(Folder folder, TableName named) {
    var schemas = folder.scripts().schemas();
    return named.or(schemas.isEmpty() ? null : schemas.getFirst(), folder.scripts().table());
  }

  /** In the tool's usual table, unless another one is named. */
  static ToolHistory of(Session session, Folder folder, TableName named) throws SQLException {
    var name = table(folder, named);
    return switch (folder.layout()) {
      case DRIZZLE_JOURNAL, DRIZZLE_FOLDERS -> {
        var table = DrizzleHistoryTable.table(name.schema(), name.table());
        yield DrizzleHistoryTable.in(session, table)
            .<ToolHistory>map(DrizzleHistory::new)
            .orElseGet(() -> new NoHistory(table));
      }
      case FLYWAY ->
          FlywayHistoryTable.in(session, name.schema(), name.table())
              .<ToolHistory>map(FlywayHistory::new)
              .orElseGet(() -> new NoHistory(FlywayHistoryTable.name(name.schema(), name.table())));
    };
  }
}
