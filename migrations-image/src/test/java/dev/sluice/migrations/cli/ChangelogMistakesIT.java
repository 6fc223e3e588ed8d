package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes in changelogs, and where they are said to be. */
class ChangelogMistakesIT {
  private static final String XML =
      """
      <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
          xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
          xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
              http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-4.20.xsd">
        <changeSet id="1" author="ann">
          <createTable tableName="users"><column name="id" type="int"/><column name="name" type="text"/></createTable>
        </changeSet>
      </databaseChangeLog>
      """;

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog = fixture.changelog();
  private final TestRunner sluice = fixture.runner();

  @Test
  void namesFileAndLineOfAMistakeInYaml() {
    changelog.with(
        "root.yaml",
        """
        databaseChangeLog:
          - include: {file: in.yaml}
        """);
    changelog.with(
        "in.yaml",
        """
        databaseChangeLog:
          - changeSet:
              id: [1
              author: x
        """);
    var ran = sluice.with("SLUICE_CHANGELOG", "root.yaml").run();
    assertThat(ran.exit()).isEqualTo(40);
    assertThat(ran.reason()).isEqualTo("ChangelogInvalid");
    assertThat(ran.message()).startsWith("in.yaml:");
    assertThat(ran.failure().file()).isEqualTo("in.yaml");
    assertThat(database.has("databasechangelog")).isFalse();
  }

  @Test
  void namesFileAndLineOfAMistakeInXml() {
    changelog.with("root.xml", XML.replace("tableName=\"users\"", "tabelName=\"users\""));
    var ran = sluice.with("SLUICE_CHANGELOG", "root.xml").run();
    assertThat(ran.exit()).isEqualTo(40);
    assertThat(ran.message()).startsWith("root.xml:6: ").contains("tabelName");
  }

  @Test
  void namesFileAndLineOfAMistakeInJson() {
    changelog.with("root.json", "{\"databaseChangeLog\": [\n {\"changeSet\": }\n]]}");
    var ran = sluice.with("SLUICE_CHANGELOG", "root.json").run();
    assertThat(ran.exit()).isEqualTo(40);
    assertThat(ran.message()).startsWith("root.json:");
  }

  @Test
  void namesAnIncludedFileThatIsNotThere() {
    changelog.with(
        "root.yaml",
        """
        databaseChangeLog:
          - include: {file: db/gone.yaml}
        """);
    var ran = sluice.with("SLUICE_CHANGELOG", "root.yaml").run();
    assertThat(ran.exit()).isEqualTo(40);
    assertThat(ran.message()).contains("db/gone.yaml");
  }

  @Test
  void saysWhatIsThereInsteadOfTheChangelog() {
    changelog.with("db/changelog.yaml", "");
    var ran = sluice.with("SLUICE_CHANGELOG", "changelog.yaml").run();
    assertThat(ran.exit()).isEqualTo(40);
    assertThat(ran.reason()).isEqualTo("ChangelogMissing");
    assertThat(ran.message()).contains(changelog.root().toString()).contains("db/");
  }

  @Test
  void warnsOfAnSqlFileInWhichNoChangeSetWasFound() {
    changelog.sql(
        """
        --changset ann:1
        create table t (i int);
        """);
    assertThat(sluice.run().output()).contains("WARNING root.sql: no changeset was found");
  }

  @Test
  void warnsOfAnSqlFileWithoutItsFirstLine() {
    changelog.with(
        "root.sql",
        """
        -- liquibase formated sql
        --changeset ann:1
        select 1;
        """);
    assertThat(sluice.run().output()).contains("WARNING root.sql:");
  }

  @Test
  void namesAChangeSetWithoutAnAuthor() {
    changelog.with(
        "root.yaml",
        """
        databaseChangeLog:
          - changeSet:
              id: 1
              changes: [{sql: select 1}]
        """);
    var ran = sluice.with("SLUICE_CHANGELOG", "root.yaml").run();
    assertThat(ran.exit()).isEqualTo(40);
    assertThat(ran.message()).contains("root.yaml").contains("author");
  }

  private TestRunner.Ran withPrecondition(String onFail, String message) {
    fixture
        .changelog()
        .with(
            "root.yaml",
            """
            databaseChangeLog:
              - changeSet:
                  id: 1
                  author: ann
                  preConditions:
                    - onFail: %s
                    - onFailMessage: %s
                    - sqlCheck: {expectedResult: 1, sql: select 0}
                  changes: [sql: {sql: select 1}]
            """
                .formatted(onFail, message));
    return fixture.runner().with("SLUICE_CHANGELOG", "root.yaml").run();
  }

  @Test
  void aPreconditionSaysWhatItsAuthorSays() {
    var ran = withPrecondition("HALT", "run the backfill first");
    assertThat(ran.reason()).isEqualTo("PreconditionFailed");
    assertThat(ran.message()).isEqualTo("run the backfill first");
  }

  @Test
  void onePassedOverSaysWhy() {
    assertThat(withPrecondition("CONTINUE", "no customers yet").output())
        .contains("no customers yet: passed over");
    assertThat(withPrecondition("MARK_RAN", "no customers yet").output())
        .contains("no customers yet: marked as ran");
  }

  @Test
  void aPreconditionOfAllSaysWhatItsAuthorSays() {
    fixture
        .changelog()
        .with(
            "root.yaml",
            """
            databaseChangeLog:
              - preConditions:
                  - onFailMessage: not for this database
                  - sqlCheck: {expectedResult: 1, sql: select 0}
              - changeSet: {id: 1, author: ann, changes: [sql: {sql: select 1}]}
            """);
    var ran = fixture.runner().with("SLUICE_CHANGELOG", "root.yaml").run();
    assertThat(ran.reason()).isEqualTo("PreconditionFailed");
    assertThat(ran.message()).contains("not for this database");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create table t (i int);\ninsert into t values (1);\nvacuum t;",
        "create procedure p() language plpgsql as $$ begin commit; end $$;\ncall p();",
      })
  void whatNoTransactionMayHoldSaysHow(String sql) {
    fixture.changelog().sql("--changeset ann:1 splitStatements:true endDelimiter:;\\n\n" + sql);
    var ran = fixture.runner().run();
    assertThat(ran.failure().sqlState()).isIn("25001", "2D000");
    assertThat(ran.failure().hint()).contains("runInTransaction: false");
  }

  @Test
  void aReadOnlyDatabaseIsNamed() {
    fixture.changelog().sql("--changeset ann:1\nselect 1;\n");
    fixture
        .database()
        .execute(
            "alter database %s set default_transaction_read_only = on"
                .formatted(fixture.database().name()));
    var ran = fixture.runner().run();
    assertThat(ran.message()).contains("read-only");
    assertThat(ran.failure().hint())
        .contains("default_transaction_read_only")
        .doesNotContain("rights");
  }

  @Test
  void anEventTriggerIsNamed() {
    fixture.changelog().sql("--changeset ann:1\nselect 1;\n");
    fixture
        .database()
        .execute(
            "create function frozen() returns event_trigger language plpgsql as"
                + " $$ begin raise 'no DDL on Fridays'; end $$;"
                + " create event trigger no_ddl on ddl_command_start execute function frozen()");
    var ran = fixture.runner().run();
    assertThat(ran.message()).contains("no DDL on Fridays; in function frozen() line 1");
    assertThat(ran.failure().hint()).contains("pg_event_trigger").doesNotContain("rights");
  }
}
