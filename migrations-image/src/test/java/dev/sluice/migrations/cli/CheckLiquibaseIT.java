package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.liquibase.EmbeddedLiquibase;
import dev.sluice.migrations.report.ChangeSetCounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A changelog against the ledger of a plain Liquibase that has run. */
class CheckLiquibaseIT {
  private static final String TWO_CONTEXTS =
      """
      --changeset ann:users
      create table users (id int);
      --changeset ann:sample context:test
      insert into users values (1);
      """;

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog =
      fixture.changelog().with("root.sql", TestChangelog.TWO_TABLES);
  private final TestRunner sluice = fixture.runner();

  private void migrated() throws Exception {
    EmbeddedLiquibase.update(database, changelog, "root.sql");
  }

  @Test
  void whatItMigratedAgrees() throws Exception {
    migrated();

    var checked = sluice.check();

    assertThat(checked.exit()).as(checked.output()).isZero();
    assertThat(checked.report().counts()).isEqualTo(new ChangeSetCounts(2, 0, 0));
    assertThat(database.has("sluice_revision")).as("it changes nothing").isFalse();
  }

  @Test
  void aChangeSetThatItDidNotRunIsNamed() throws Exception {
    migrated();
    changelog.with("root.sql", TestChangelog.TWO_TABLES + "--changeset ann:late\nselect 1;\n");

    var checked = sluice.check();

    assertThat(checked.exit()).isEqualTo(20);
    assertThat(checked.reason()).isEqualTo("LedgerDiffers");
    assertThat(checked.message()).isEqualTo("isn't in databasechangelog: root.sql::late::ann");
    assertThat(checked.failure().changeSet()).isEqualTo("root.sql::late::ann");
    assertThat(checked.failure().file()).isEqualTo("root.sql");
  }

  @Test
  void aChangeSetThatIsAnotherOneNowIsNamed() throws Exception {
    migrated();
    changelog.with(
        "root.sql", TestChangelog.TWO_TABLES.replace("users (id int", "users (id bigint"));

    assertThat(sluice.check().message()).isEqualTo("isn't what was applied: root.sql::users::ann");
  }

  @Test
  void whatItsContextsLeaveOutIsNotExpected() throws Exception {
    changelog.sql(TWO_CONTEXTS.replace("ann:sample context:test\ninsert", "ann:sample\n--insert"));
    migrated();
    changelog.sql(TWO_CONTEXTS);
    database.execute("delete from databasechangelog where id = 'sample'");

    assertThat(sluice.check().message()).contains("root.sql::sample::ann");
    assertThat(sluice.with("SLUICE_CONTEXTS", "prod").check().exit()).isZero();
  }

  /** Its author lets it be passed over. */
  @Test
  void whatItsPreconditionLeavesForLaterIsNotExpected() throws Exception {
    changelog.sql(
        """
        --changeset ann:users
        create table users (id int);
        --changeset ann:later
        --preconditions onFail:CONTINUE
        --precondition-sql-check expectedResult:1 select count(*) from users
        create table later (id int);
        --changeset ann:tried failOnError:false
        select 1/0;
        """);
    migrated();

    assertThat(database.query("select id from databasechangelog")).containsExactly("users");
    assertThat(sluice.check().exit()).isZero();
  }

  @Test
  void aLedgerUnderAnotherNameIsFound() throws Exception {
    migrated();
    database.execute(
        "create schema audit; alter table databasechangelog set schema audit;"
            + " alter table audit.databasechangelog rename to changes");
    assertThat(sluice.check().message())
        .isEqualTo("isn't in databasechangelog: root.sql::users::ann, root.sql::orders::ann");

    sluice.with("SLUICE_LEDGER_SCHEMA", "audit").with("SLUICE_LEDGER_TABLE", "changes");
    assertThat(sluice.check().exit()).isZero();

    database.execute("delete from audit.changes where id = 'orders'");
    assertThat(sluice.check().message()).isEqualTo("isn't in changes: root.sql::orders::ann");
  }

  @Test
  void aSchemaThatIsNotThereIsAWrongConfiguration() {
    var checked = sluice.with("SLUICE_LEDGER_SCHEMA", "audit").check();

    assertThat(checked.reason()).isEqualTo("ConfigurationInvalid");
    assertThat(checked.failure().hint()).contains("verify.history.schema");
  }

  @Test
  void aChangelogThatIsNotThereOrCannotBeReadIsNamed() {
    var gone = sluice.with("SLUICE_CHANGELOG", "other.yaml").check();
    assertThat(gone.reason()).isEqualTo("ChangelogMissing");
    assertThat(gone.failure().hint()).contains("verify: changelogFile is relative to changelog");

    changelog.with("broken.yaml", "databaseChangeLog: [{changeSet: ");
    assertThat(sluice.with("SLUICE_CHANGELOG", "broken.yaml").check().reason())
        .isEqualTo("ChangelogInvalid");
  }
}
