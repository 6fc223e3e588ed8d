package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.liquibase.EmbeddedLiquibase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ${NAME}} in a changelog of Liquibase that doesn't give NAME. */
class MissingPropertyIT {
  private static final String YAML =
      """
      databaseChangeLog:
      - changeSet:
          id: 1
          author: ann
          changes:
          - sql: {sql: "create table first (v text)"}
      - changeSet:
          id: 2
          author: ann
          PRECONDITIONS
          changes:
          - CHANGE
      """;

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog = fixture.changelog();
  private final TestRunner sluice = fixture.runner();

  private void isRefused(TestRunner.Ran ran) {
    assertThat(ran.reason()).isEqualTo("ChangelogInvalid");
    assertThat(ran.message()).contains("${STAGE}");
    assertThat(ran.failure().hint()).contains("${:STAGE}");
    assertThat(database.has("first")).isFalse();
  }

  private TestRunner yaml(String change, String preconditions) {
    changelog.with(
        "root.yaml", YAML.replace("CHANGE", change).replace("PRECONDITIONS", preconditions));
    return sluice.with("SLUICE_CHANGELOG", "root.yaml");
  }

  @Test
  void isRefusedInFormattedSqlBeforeAnythingRuns() {
    changelog.sql(
        """
        --changeset ann:1
        create table first (v text);
        --changeset ann:2
        insert into first values ('${STAGE}');
        """);
    isRefused(sluice.run());
    assertThat(sluice.run().failure().changeSet()).isEqualTo("root.sql::2::ann");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sql: {sql: \"insert into first values ('${STAGE}')\"}",
        "sqlFile: {path: a.txt}",
        "createProcedure: {path: a.txt, procedureName: p}",
        "createView: {path: a.txt, viewName: v, fullDefinition: true}",
        "insert: {tableName: first, columns: [{column: {name: v, value: '${STAGE}'}}]}",
        "createTable: {tableName: '${STAGE}', columns: [{column: {name: v, type: text}}]}"
      })
  void isRefusedInEveryChange(String change) {
    changelog.with("a.txt", "select '${STAGE}'");
    isRefused(yaml(change, "").run());
  }

  @Test
  void isRefusedInXml() {
    changelog.with(
        "root.xml",
        """
        <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
            xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
              http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
          <changeSet id="1" author="ann"><sql>select '${STAGE}'</sql></changeSet>
        </databaseChangeLog>
        """);
    isRefused(sluice.with("SLUICE_CHANGELOG", "root.xml").run());
  }

  @Test
  void isRefusedInAPrecondition() {
    isRefused(
        yaml(
                "sql: {sql: select 1}",
                "preConditions: [{sqlCheck: {expectedResult: 1, sql: \"select '${STAGE}'\"}}]")
            .run());
  }

  @Test
  void isRefusedInAPlan() {
    isRefused(
        yaml("sql: {sql: \"select '${STAGE}'\"}", "").with("SLUICE_APPROVAL", "Manual").run());
  }

  @Test
  void isInsertedWhereItIsGivenBuiltInOrEscaped() {
    changelog.sql(
        """
        --property name:STAGE value:test
        --changeset ann:1
        create table first as select '${STAGE}' a, '${database.typeName}' b, '${:STAGE}' c,
          $${"json": 1}$$ d, '${LIQUIBASE_EXECUTION_CHANGELOG_FILE}' e;
        """);
    assertThat(sluice.run().exit()).isZero();
    assertThat(database.query("select concat_ws(',', a, b, c, d, e) from first"))
        .containsExactly("test,postgresql,${STAGE},{\"json\": 1},root.sql");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sql: {sql: SQL}", "sql: SQL", "sqlFile: {path: a.txt}"})
  void isInsertedWhereItIsEscapedInYaml(String change) {
    var sql = "insert into first values ('${:STAGE}')";
    changelog.with("a.txt", sql);
    assertThat(yaml(change.replace("SQL", '"' + sql + '"'), "").run().exit()).isZero();
    assertThat(database.query("select v from first")).containsExactly("${STAGE}");
  }

  /** The database has it already, and nothing can be done about it. */
  @Test
  void isNoObstacleInAChangesetThatIsApplied() throws Exception {
    changelog.sql("--changeset ann:1\ncreate table first as select '${STAGE}' v;\n");
    EmbeddedLiquibase.update(database, changelog, "root.sql");
    changelog.sql(
        """
        --changeset ann:1
        create table first as select '${STAGE}' v;
        --changeset ann:2
        insert into first values ('${:STAGE}');
        """);
    var ran = sluice.run();
    assertThat(ran.report().applied()).containsExactly("root.sql::2::ann");
    assertThat(database.query("select v from first")).containsExactly("${STAGE}", "${STAGE}");
  }
}
