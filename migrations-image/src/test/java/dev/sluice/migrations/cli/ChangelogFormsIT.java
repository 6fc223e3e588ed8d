package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.report.ChangeSetCounts;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What users' changelogs are made of. */
class ChangelogFormsIT {
  private static final String YAML =
      """
      databaseChangeLog:
        - include: {file: db/users.xml}
        - include: {file: more.json, relativeToChangelogFile: true}
        - includeAll: {path: db/sql}
        - changeSet:
            id: rows
            author: ann
            changes:
              - loadData: {file: db/users.csv, tableName: users}
      """;
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
  private static final String JSON =
      """
      {"databaseChangeLog": [{"changeSet": {"id": "2", "author": "ann", "changes": [
        {"addColumn": {"tableName": "users", "columns": [{"column": {"name": "age", "type": "int"}}]}}]}}]}
      """;

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog = fixture.changelog();
  private final TestRunner sluice = fixture.runner();

  @Test
  void readsYamlXmlJsonSqlAndCsv() {
    changelog
        .with("root.yaml", YAML)
        .with("db/users.xml", XML)
        .with("more.json", JSON)
        .with(
            "db/sql/1.sql",
            """
            --liquibase formatted sql
            --changeset ann:3
            create view v as select 1;
            """)
        .with(
            "db/users.csv",
            """
            id,name
            1,eve
            2,bob
            """);
    var ran = sluice.with("SLUICE_CHANGELOG", "root.yaml").run();
    assertThat(ran.exit()).isZero();
    assertThat(ran.report().applied()).hasSize(4);
    assertThat(database.query("select name from users order by id")).containsExactly("eve", "bob");
  }

  @Test
  void expandsPropertiesButNotTheEnvironment() {
    changelog.with(
        "root.yaml",
        """
        databaseChangeLog:
          - property: {name: mine, value: yes-mine}
          - changeSet:
              id: 1
              author: ann
              changes:
                - sql: "create table t as select '${mine}' a, '${:PATH}' b, '${database.typeName}' c"
        """);
    assertThat(sluice.with("SLUICE_CHANGELOG", "root.yaml").run().exit()).isZero();
    assertThat(database.query("select concat_ws(',', a, b, c) from t"))
        .containsExactly("yes-mine,${PATH},postgresql");
    changelog.sql("--changeset ann:1\nselect '${PATH}', '${java.home}';");
    assertThat(sluice.with("SLUICE_CHANGELOG", "root.sql").run().message()).contains("${PATH}");
  }

  @Test
  void reportsWhatAPreconditionPassesOver() {
    changelog.sql(
        """
        --changeset ann:1
        --preconditions onFail:CONTINUE
        --precondition-sql-check expectedResult:1 select 0
        create table t (i int);
        --changeset ann:2
        create table u (i int);
        """);
    var ran = sluice.run();
    assertThat(ran.exit()).isZero();
    assertThat(ran.report().counts()).isEqualTo(new ChangeSetCounts(2, 1, 1));
    assertThat(sluice.run().report().counts()).isEqualTo(new ChangeSetCounts(2, 1, 1));
  }

  @Test
  void stopsAtAPreconditionThatHalts() {
    changelog.sql(
        """
        --changeset ann:1
        --preconditions onFail:HALT
        --precondition-sql-check expectedResult:1 select 0
        create table t (i int);
        """);
    var ran = sluice.run();
    assertThat(ran.exit()).isEqualTo(20);
    assertThat(ran.reason()).isEqualTo("PreconditionFailed");
    assertThat(ran.failure().changeSet()).isEqualTo("root.sql::1::ann");
  }

  @Test
  void runsAgainWhatAlwaysRuns() {
    changelog.sql(
        """
        --changeset ann:1 runAlways:true
        create table if not exists t (i int);
        insert into t values (1);
        """);
    sluice.run();
    var ran = sluice.run();
    assertThat(ran.report().outcome().label()).isEqualTo("Applied");
    assertThat(ran.report().counts()).isEqualTo(new ChangeSetCounts(1, 1, 1));
    assertThat(database.query("select count(*) from t")).containsExactly("2");
  }

  @Test
  void runsAgainWhatRunsOnChange() {
    changelog.sql(
        """
        --changeset ann:1 runOnChange:true
        create or replace view v as select 1 a;
        """);
    sluice.run();
    assertThat(sluice.run().report().applied()).isEmpty();
    changelog.sql(
        """
        --changeset ann:1 runOnChange:true
        create or replace view v as select 2 a;
        """);
    assertThat(sluice.run().report().applied()).hasSize(1);
    assertThat(database.query("select a from v")).containsExactly("2");
  }

  @Test
  void goesOnAfterAFailureThatIsAllowed() {
    changelog.sql(
        """
        --changeset ann:1 failOnError:false
        select 1/0;
        --changeset ann:2
        create table t (i int);
        """);
    var ran = sluice.run();
    assertThat(ran.exit()).isZero();
    assertThat(ran.report().applied()).containsExactly("root.sql::2::ann");
    assertThat(ran.report().counts()).isEqualTo(new ChangeSetCounts(2, 1, 1));
  }

  @Test
  void runsOnlyTheContextsItIsTold() {
    changelog.sql(
        """
        --changeset ann:1 context:prod
        create table p (i int);
        --changeset ann:2 context:test
        create table t (i int);
        """);
    var ran = sluice.with("SLUICE_CONTEXTS", "prod").run();
    assertThat(ran.report().applied()).containsExactly("root.sql::1::ann");
    assertThat(ran.report().counts()).isEqualTo(new ChangeSetCounts(1, 0, 0));
  }

  @Test
  void seesAMountedConfigMapsFilesOnce() throws Exception {
    var day = Files.createDirectory(changelog.root().resolve("..2026_01_01"));
    Files.writeString(
        day.resolve("a.sql"),
        """
        --liquibase formatted sql
        --changeset ann:1
        select 1;
        """);
    Files.writeString(
        day.resolve("root.yaml"),
        """
        databaseChangeLog:
          - includeAll: {path: ., filter: dev.sluice.migrations.cli.OnlySql}
        """);
    Files.createSymbolicLink(changelog.root().resolve("..data"), Path.of("..2026_01_01"));
    Files.createSymbolicLink(changelog.root().resolve("a.sql"), Path.of("..data/a.sql"));
    Files.createSymbolicLink(changelog.root().resolve("root.yaml"), Path.of("..data/root.yaml"));
    var ran = sluice.with("SLUICE_CHANGELOG", "root.yaml").run();
    assertThat(ran.exit()).isZero();
    assertThat(ran.report().applied()).containsExactly("a.sql::1::ann");
  }
}
