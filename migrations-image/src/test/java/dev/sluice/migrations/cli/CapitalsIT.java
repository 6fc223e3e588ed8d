package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A schema's name with capitals is that name, and not the one in lower case beside it. */
class CapitalsIT {
  private static final String YAML =
      """
      databaseChangeLog:
      - preConditions:
        - tableExists: {tableName: there}
      - changeSet:
          id: 1
          author: ann
          changes:
          - createTable: {tableName: made, columns: [{column: {name: i, type: int, autoIncrement: true, constraints: {primaryKey: true}}}]}
          - createIndex: {tableName: made, indexName: made_i, columns: [{column: {name: i}}]}
          - createSequence: {sequenceName: counter}
          - sql: {sql: create table sent (i int)}
      - changeSet:
          id: 2
          author: ann
          preConditions:
          - onFail: HALT
          - tableExists: {tableName: made}
          changes:
          - insert: {tableName: made, columns: [{column: {name: i, valueNumeric: 1}}]}
          - addColumn: {tableName: made, columns: [{column: {name: t, type: text}}]}
      - changeSet:
          id: 3
          author: ann
          runInTransaction: false
          changes:
          - sql: {sql: create index concurrently on made (t)}
      """;

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();

  private TestRunner sluice(String changelog) {
    fixture
        .changelog()
        .with("root.yaml", YAML)
        .with("flyway/V1__a.sql", "create table sent (i int);")
        .drizzle("drizzle", "0000_a")
        .with("drizzle/0000_a.sql", "create table sent (i int);");
    return fixture.runner().with("SLUICE_CHANGELOG", changelog);
  }

  /** The schemas of everything but what was there. */
  private String schemas() {
    return String.join(
        ",",
        database.query(
            """
            select distinct nspname from pg_class c join pg_namespace n on n.oid = relnamespace
             where nspname !~ '^(pg_|information_schema)' and relname !~ '^there'
            """));
  }

  private void isAllIn(String schema, TestRunner sluice) {
    assertThat(sluice.run().exit()).isZero();
    assertThat(schemas()).isEqualTo(schema);
    assertThat(sluice.run().report().outcome().label()).isEqualTo("NothingPending");
    assertThat(sluice.command("status")).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "root.yaml, TENANT", "flyway, TENANT", "drizzle, TENANT",
    "root.yaml, Tenant", "flyway, Tenant", "drizzle, Tenant",
    "root.yaml, tenant", "flyway, tenant", "drizzle, tenant"
  })
  void besideTheOthers(String changelog, String schema) {
    database.execute(
        "create schema \"TENANT\"; create schema \"Tenant\"; create schema tenant;"
            + "create table \"%s\".there ()".formatted(schema));
    isAllIn(schema, sluice(changelog).with("SLUICE_SEARCH_PATH", schema));
  }

  @ParameterizedTest
  @ValueSource(strings = {"root.yaml", "flyway", "drizzle"})
  void alone(String changelog) {
    database.execute("create schema \"TENANT\"; create table \"TENANT\".there ()");
    isAllIn("TENANT", sluice(changelog).with("SLUICE_SEARCH_PATH", "TENANT"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"root.yaml", "drizzle"})
  void asTheSchemaOfTheLedger(String changelog) {
    database.execute("create schema \"OPS\"; create schema ops; create table there ()");
    var sluice = sluice(changelog).with("SLUICE_LEDGER_SCHEMA", "OPS");
    assertThat(sluice.run().exit()).isZero();
    assertThat(database.has("\"OPS\".databasechangelog")).isTrue();
    assertThat(database.has("ops.databasechangelog")).isFalse();
    assertThat(database.has("public.sent")).isTrue();
    assertThat(sluice.run().report().outcome().label()).isEqualTo("NothingPending");
  }

  /** As Liquibase takes it, where there is no schema of the very name. */
  @Test
  void ofALedgersSchemaThatIsThereInLowerCaseOnly() {
    database.execute("create schema ops; create table there ()");
    assertThat(sluice("root.yaml").with("SLUICE_LEDGER_SCHEMA", "OPS").run().exit()).isZero();
    assertThat(database.has("ops.databasechangelog")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "root.yaml, Changes, Changes", "drizzle, Changes, Changes",
    "root.yaml, CHANGES, changes", "drizzle, CHANGES, changes"
  })
  void asTheTableOfTheLedger(String changelog, String named, String table) {
    database.execute("create table there ()");
    var sluice = sluice(changelog).with("SLUICE_LEDGER_TABLE", named);
    assertThat(sluice.run().exit()).isZero();
    assertThat(database.query("select relname from pg_class where relname ~* '^changes$'"))
        .containsExactly(table);
    assertThat(sluice.run().report().outcome().label()).isEqualTo("NothingPending");
  }

  @ParameterizedTest
  @ValueSource(strings = {"root.yaml", "drizzle"})
  void asTheTableOfALedgerThatIsThere(String changelog) {
    database.execute("create table there ()");
    assertThat(sluice(changelog).run().exit()).isZero();
    database.execute("alter table databasechangelog rename to \"CHANGES\"");
    var again = sluice(changelog).with("SLUICE_LEDGER_TABLE", "CHANGES").run();
    assertThat(again.report().outcome().label()).isEqualTo("NothingPending");
  }
}
