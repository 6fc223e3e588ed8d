package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Schemas in which names without one are looked for. */
class SearchPathIT {
  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog =
      fixture.changelog().with("root.sql", TestChangelog.TWO_TABLES);
  private final TestRunner sluice = fixture.runner().with("SLUICE_SEARCH_PATH", "Shop, public");

  @BeforeEach
  void aSchema() {
    database.execute("create schema \"Shop\"; create table public.countries (code text)");
  }

  @Test
  void takesTablesAndLedger() {
    assertThat(sluice.run().exit()).isZero();
    assertThat(
            database.query(
                "select distinct schemaname from pg_tables where tablename in ('users',"
                    + " 'databasechangelog', 'databasechangeloglock', 'sluice_revision')"))
        .containsExactly("Shop");
    assertThat(sluice.run().report().outcome().label()).isEqualTo("NothingPending");
  }

  /** Every changeset sees it, a native one of Liquibase's own making too. */
  @Test
  void holdsForEveryChangeSet() {
    changelog.with(
        "root.yaml",
        """
        databaseChangeLog:
          - changeSet:
              {id: 1, author: ann, changes: [{createTable: {tableName: carts, columns: [{column: {name: id, type: int}}]}}]}
          - changeSet:
              id: 2
              author: ann
              runInTransaction: false
              changes: [{sql: {sql: "create index concurrently on carts (id)"}}]
          - changeSet:
              {id: 3, author: ann, changes: [{sql: {sql: "insert into countries values (current_setting('search_path'))"}}]}
        """);
    assertThat(sluice.with("SLUICE_CHANGELOG", "root.yaml").run().exit()).isZero();
    assertThat(database.query("select code from public.countries"))
        .containsExactly("\"Shop\", \"public\"");
    assertThat(database.query("select count(*) from \"Shop\".carts")).containsExactly("0");
    assertThat(database.query("select schemaname from pg_indexes where tablename = 'carts'"))
        .containsExactly("Shop");
  }

  @Test
  void leavesTheLedgerWhereItIsTold() {
    database.execute("create schema ops");
    assertThat(sluice.with("SLUICE_LEDGER_SCHEMA", "ops").run().exit()).isZero();
    assertThat(database.has("\"Shop\".users")).isTrue();
    assertThat(database.has("ops.databasechangelog")).isTrue();
    assertThat(database.has("\"Shop\".databasechangelog")).isFalse();
  }

  @Test
  void isRefusedWhenNoneOfItsSchemasExists() {
    var ran = sluice.with("SLUICE_SEARCH_PATH", "shop").run();
    assertThat(ran.exit()).isEqualTo(40);
    assertThat(ran.message()).contains("none of its search_path exists");
  }
}
