package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.report.PlanSummary;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A plan, and a status, show what a changelog would do, and do none of it. */
class PlanExecutesNothingIT {
  private static final String HOSTILE =
      """
      databaseChangeLog:
      - preConditions:
        - sqlCheck: {expectedResult: 1, sql: "create table whole (i int); commit; select 1"}
      - changeSet:
          id: 1
          author: ann
          preConditions:
          - onFail: MARK_RAN
          - onError: CONTINUE
          - not:
            - sqlCheck:
                expectedResult: 0
                sql: |
                  set default_transaction_read_only = off;
                  commit; create table one (i int);
                  commit; select 1
            - tableExists: {tableName: absent}
          changes:
          - sql: {sql: "create table applied (i int)"}
      """;

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog = fixture.changelog().with("root.yaml", HOSTILE);
  private final TestRunner sluice = fixture.runner().with("SLUICE_CHANGELOG", "root.yaml");

  private static PlanSummary plan(TestRunner.Ran ran) {
    assertThat(ran.reason()).isEqualTo("ApprovalRequired");
    return Objects.requireNonNull(ran.report().plan());
  }

  private void nothingIsThere() {
    assertThat(
            database.query(
                "select count(*) from pg_class where relnamespace = 'public'::regnamespace"))
        .containsExactly("0");
  }

  @Test
  void preconditionsAreShownAndNotChecked() {
    var ran = sluice.with("SLUICE_APPROVAL", "Manual").run();
    assertThat(plan(ran).changeSets()).isEqualTo(1);
    nothingIsThere();
    assertThat(ran.output())
        .contains(
            "plan -- if, when it runs, all of these hold (if not: HALT, on an error: HALT):",
            "create table whole (i int); commit; select 1",
            "-- if, when it runs, all of these hold (if not: MARK_RAN, on an error: CONTINUE):",
            "--   not:",
            "--     the result is 0 of",
            "--       set default_transaction_read_only = off;",
            "--       commit; create table one (i int);",
            "--     tableExists {tableName=absent}",
            "  create table applied (i int)");
  }

  @Test
  void preconditionsDecideOnceTheyAreApproved() {
    changelog.with(
        "root.yaml",
        """
        databaseChangeLog:
        - preConditions:
          - sqlCheck: {expectedResult: 1, sql: "select 1"}
        - changeSet:
            id: 1
            author: ann
            preConditions:
            - onFail: MARK_RAN
            - sqlCheck: {expectedResult: 1, sql: "select 0"}
            changes:
            - sql: {sql: "create table never (i int)"}
        - changeSet: {id: 2, author: ann, changes: [{sql: {sql: "create table t (i int)"}}]}
        """);
    var digest = plan(sluice.with("SLUICE_APPROVAL", "Manual").run()).digest();
    assertThat(sluice.with("SLUICE_APPROVED", digest).run().exit()).isZero();
    assertThat(database.query("select exectype from databasechangelog order by id"))
        .containsExactly("MARK_RAN", "EXECUTED");
    assertThat(database.has("never")).isFalse();
  }

  @Test
  void anotherPreconditionIsAnotherPlan() {
    var digest = plan(sluice.with("SLUICE_APPROVAL", "Manual").run()).digest();
    changelog.with("root.yaml", HOSTILE.replace("absent", "other"));
    assertThat(plan(sluice.with("SLUICE_APPROVED", digest).run()).digest()).isNotEqualTo(digest);
    nothingIsThere();
  }

  @Test
  void statementsAreShownAsTheyAreModified() {
    changelog.with(
        "root.yaml",
        """
        databaseChangeLog:
        - changeSet:
            id: 1
            author: ann
            changes:
            - sql: {sql: "create table t (i int)"}
            modifySql: {dbms: postgresql, append: {value: "; create table hidden (i int)"}}
        """);
    assertThat(sluice.with("SLUICE_APPROVAL", "Manual").run().output())
        .contains("  create table t (i int); create table hidden (i int)");
  }

  @Test
  void aStatusChecksNoPreconditionEither() {
    assertThat(sluice.command("status")).isZero();
    nothingIsThere();
  }

  @Test
  void theSessionIsReadOnlyOnlyUntilItIsApproved() {
    changelog.sql("--changeset ann:1\ncreate table t (i int);");
    sluice.with("SLUICE_CHANGELOG", "root.sql").with("SLUICE_APPROVAL", "Manual");
    var digest = plan(sluice.run()).digest();
    assertThat(sluice.with("SLUICE_APPROVED", digest).run().exit()).isZero();
    assertThat(database.has("t")).isTrue();
  }
}
