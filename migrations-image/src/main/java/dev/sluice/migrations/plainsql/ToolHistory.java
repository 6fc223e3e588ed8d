package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.adoption.Match;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.postgres.SqlPart;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** The history of the tool that the folder was made for, as the database has it. */
sealed interface ToolHistory permits DrizzleHistory, FlywayHistory, NoHistory {
  /** The table, as it is written in SQL. */
  String name();

  /**
   * Its rows beside the folder; {@code hashes} are all that the text of a migration may have with
   * other line ends.
   */
  List<Match> matches(Folder folder, Function<Migration, Set<String>> hashes) throws SQLException;

  /**
   * What is entered in the transaction of the migration, which took as long as that unless {@code
   * millis} says otherwise; empty where there is no such table.
   */
  Optional<SqlPart> entry(Migration migration, OptionalLong millis);
}
