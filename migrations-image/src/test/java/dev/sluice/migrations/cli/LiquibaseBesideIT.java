package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.TestServer;
import dev.sluice.migrations.liquibase.EmbeddedLiquibase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The ledger is always one that Liquibase itself accepts. */
class LiquibaseBesideIT {
  private static final String COLUMNS =
      "select concat_ws('|', id, author, filename, orderexecuted, exectype, md5sum, description,"
          + " comments, tag, liquibase, contexts, labels) from databasechangelog order by"
          + " orderexecuted";

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog =
      fixture.changelog().with("root.sql", TestChangelog.TWO_TABLES);
  private final TestRunner sluice = fixture.runner();

  @Test
  void liquibaseFindsNothingToDoAfterUs() throws Exception {
    sluice.run();
    assertThat(EmbeddedLiquibase.pending(database, changelog, "root.sql")).isEmpty();
    EmbeddedLiquibase.update(database, changelog, "root.sql");
    assertThat(database.query("select count(*) from databasechangelog")).containsExactly("2");
  }

  @Test
  void weFindNothingToDoAfterLiquibase() throws Exception {
    EmbeddedLiquibase.update(database, changelog, "root.sql");
    assertThat(sluice.run().report().outcome().label()).isEqualTo("NothingPending");
    assertThat(sluice.run().report().outcome().label()).isEqualTo("NothingPending");
  }

  @Test
  void theRowsAreTheSame() throws Exception {
    var other = TestServer.shared().database();
    EmbeddedLiquibase.update(other, changelog, "root.sql");
    sluice.run();
    assertThat(database.query(COLUMNS)).isEqualTo(other.query(COLUMNS));
    assertThat(tables(database)).isEqualTo(tables(other));
  }

  private static List<String> tables(TestDatabase database) {
    return database.query(
        """
        select concat_ws('|', table_name, column_name, data_type, character_maximum_length,
                         is_nullable)
          from information_schema.columns
         where table_name like 'databasechangelog%' order by table_name, ordinal_position
        """);
  }

  @Test
  void oldChecksumsAreBroughtUpToDate() throws Exception {
    sluice.run();
    database.execute("update databasechangelog set md5sum = null where id = 'users'");
    assertThat(sluice.run().exit()).isZero();
    assertThat(database.query("select md5sum like '9:%' from databasechangelog")).containsOnly("t");
  }
}
