package dev.sluice.migrations.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Values that a run is given for what a changelog of Liquibase leaves open. */
class ParametersIT {
  private static final String CANARY = "SuperCanaryPin7";

  @TempDir Path folder;
  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog = fixture.changelog();
  private final TestRunner sluice =
      fixture.runner().with("SLUICE_PARAMETERS", "{\"tier\":\"gold\",\"table\":\"tiers\"}");

  private void sql(String statements) {
    changelog.sql("--changeset ann:1\n" + statements + "\n");
  }

  @Test
  void reachFormattedSqlWhateverTheCapitals() {
    sql("create table ${TABLE} (v text);\ninsert into ${table} values ('${tier}');");
    assertThat(sluice.run().exit()).isZero();
    assertThat(database.query("select v from tiers")).containsExactly("gold");
  }

  @Test
  void winOverThePropertiesOfTheChangelog() {
    changelog.with(
        "root.yaml",
        """
        databaseChangeLog:
        - property: {name: tier, value: silver}
        - property: {name: own, value: own}
        - changeSet:
            id: 1
            author: ann
            changes:
            - sqlFile: {path: rows.sql, relativeToChangelogFile: true}
        """);
    changelog.with("rows.sql", "create table t (v text); insert into t values ('${tier} ${own}');");
    assertThat(sluice.with("SLUICE_CHANGELOG", "root.yaml").run().exit()).isZero();
    assertThat(database.query("select v from t")).containsExactly("gold own");
  }

  /** An edited parameter is an edited changeset; one that runs on change runs again. */
  @Test
  void areSeenWhenTheyChange() {
    changelog.sql(
        """
        --changeset ann:1 runOnChange:true
        create or replace view tier as select '${tier}' as tier;
        """);
    assertThat(sluice.run().exit()).isZero();
    assertThat(sluice.run().report().outcome().label()).isEqualTo("NothingPending");
    var changed = sluice.with("SLUICE_PARAMETERS", "{\"tier\":\"free\"}").run();
    assertThat(changed.report().applied()).hasSize(1);
    assertThat(database.query("select tier from tier")).containsExactly("free");
  }

  @Test
  void ofASecretAreMaskedWhereverTheyWouldBeSeen() throws IOException {
    Files.writeString(folder.resolve("pin"), CANARY);
    sql("create table t (v int);\ninsert into t values ('${pin}');");
    sluice.with("SLUICE_PARAMETERS_FROM", "secret:" + folder);
    var plan = sluice.with("SLUICE_APPROVAL", "Manual").run();
    assertThat(plan.output()).contains("insert into t values ('***')").doesNotContain(CANARY);
    var ran = sluice.with("SLUICE_APPROVAL", "Automatic").run();
    assertThat(ran.reason()).isEqualTo("ChangeSetFailed");
    assertThat(ran.output() + ran.failure()).doesNotContain(CANARY);
  }

  /** What was approved is what runs: another value needs another approval. */
  @Test
  void areWhatIsApproved() {
    sql("create table t (v text default '${tier}');");
    sluice.with("SLUICE_APPROVAL", "Manual");
    sluice.with("SLUICE_APPROVED", requireNonNull(sluice.run().report().plan()).digest());
    assertThat(sluice.with("SLUICE_PARAMETERS", "{\"tier\":\"free\"}").run().reason())
        .isEqualTo("ApprovalRequired");
    assertThat(
            sluice
                .with("SLUICE_PARAMETERS", "{\"tier\":\"gold\",\"table\":\"tiers\"}")
                .run()
                .exit())
        .isZero();
  }

  @Test
  void ofACommandLineWin() throws IOException {
    var file = Files.writeString(folder.resolve("of.properties"), "tier=free\nplan = a\n");
    sql("create table t (v text);\ninsert into t values ('${tier} ${plan} ${rest}');");
    var exit =
        sluice.command(
            "migrate",
            "--parameters",
            file.toString(),
            "--parameter",
            "rest=a=b",
            "--parameter",
            "plan=c");
    assertThat(exit).isZero();
    assertThat(database.query("select v from t")).containsExactly("gold c a=b");
  }

  @Test
  void thatNobodyGivesAreNamedWithTheirRemedy() {
    sql("create table ${other} (v text);");
    var ran = sluice.run();
    assertThat(ran.reason()).isEqualTo("ChangelogInvalid");
    assertThat(ran.message()).contains("${other}", "nobody gives it");
    assertThat(ran.failure().hint()).contains("changelog.parameters");
  }

  @Test
  void areRefusedForAFolderOfDrizzles() {
    changelog
        .with(
            "db/meta/_journal.json",
            "{\"version\":\"7\",\"dialect\":\"postgresql\",\"entries\":[]}")
        .with("db/x.txt", "");
    var ran = sluice.with("SLUICE_CHANGELOG", "db").run();
    assertThat(ran.reason()).isEqualTo("ChangelogInvalid");
    assertThat(ran.message()).contains("have no place for").contains("table").contains("tier");
  }

  @Test
  void fromAFolderThatIsntThereAreAnErrorOfTheConfiguration() {
    sql("select 1;");
    var ran = sluice.with("SLUICE_PARAMETERS_FROM", "secret:/nowhere").run();
    assertThat(ran.exit()).isEqualTo(40);
    assertThat(ran.message()).contains("parameters: /nowhere isn't there");
  }
}
