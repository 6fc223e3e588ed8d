package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.report.ChangeSetCounts;
import dev.sluice.migrations.report.PlanSummary;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalIT {
  private static final String TABLES =
      "select count(*) from pg_class where relnamespace = 'public'::regnamespace";

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog =
      fixture.changelog().twoOfDrizzle().with("root.sql", TestChangelog.TWO_TABLES);

  private TestRunner sluice(String path) {
    return fixture.runner().with("SLUICE_CHANGELOG", path).with("SLUICE_APPROVAL", "Manual");
  }

  private static PlanSummary plan(TestRunner.Ran ran) {
    assertThat(ran.exit()).isEqualTo(30);
    assertThat(ran.reason()).isEqualTo("ApprovalRequired");
    return Objects.requireNonNull(ran.report().plan());
  }

  @ParameterizedTest
  @ValueSource(strings = {"root.sql", "drizzle"})
  void onlyThePlanIsMadeUntilItIsApproved(String path) {
    var planned = sluice(path).run();
    var plan = plan(planned);
    assertThat(plan.changeSets()).isEqualTo(2);
    assertThat(planned.report().counts()).isEqualTo(new ChangeSetCounts(2, 2, 0));
    assertThat(planned.output())
        .containsIgnoringCase("  create table")
        .contains("plan [2/2] ", "plan " + plan.digest(), "exit 30: nothing was changed");
    assertThat(database.query(TABLES)).containsExactly("0");
    assertThat(plan(sluice(path).run())).isEqualTo(plan);
    assertThat(plan(sluice(path).with("SLUICE_APPROVED", "0".repeat(64)).run())).isEqualTo(plan);

    var ran = sluice(path).with("SLUICE_APPROVED", plan.digest()).run();
    assertThat(ran.report().outcome().label()).isEqualTo("Applied");
    assertThat(database.has("orders")).isTrue();
    assertThat(sluice(path).run().report().outcome().label()).isEqualTo("NothingPending");
  }

  /** The digest is of the files themselves, the target, and what is pending. */
  @Test
  void anApprovalIsForOneContentAndOneTargetOnly() {
    var plan = plan(sluice("drizzle").run());
    var approved = sluice("drizzle").with("SLUICE_APPROVED", plan.digest());
    assertThat(plan(approved.with("SLUICE_TARGET", "t2").run())).isNotEqualTo(plan);
    changelog.thirdOfDrizzle("create table third (i int)");
    var other = plan(approved.with("SLUICE_TARGET", "t1").run());
    assertThat(other.changeSets()).isEqualTo(3);
    assertThat(other.digest()).isNotEqualTo(plan.digest());
    assertThat(database.query(TABLES)).containsExactly("0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"root.sql", "drizzle"})
  void aRunThatFailedHalfWayGoesOnWithTheSameWord(String path) {
    var digest = plan(sluice(path).run()).digest();
    database.execute("create table orders (mine int)");
    var failed = sluice(path).with("SLUICE_APPROVED", digest).run();
    assertThat(failed.report().applied()).hasSize(1);
    database.execute("drop table orders");
    var rest = sluice(path).with("SLUICE_APPROVED", digest).run();
    assertThat(rest.exit()).isZero();
    assertThat(rest.report().applied()).hasSize(1);
  }

  @Test
  void nobodyIsAskedForWhatWouldBeRefusedAnyway() {
    sluice("drizzle").without("SLUICE_APPROVAL").run();
    changelog.with("drizzle/0000_users.sql", "create table edited (i int);");
    changelog.thirdOfDrizzle("create table third (i int)");
    assertThat(sluice("drizzle").run().reason()).isEqualTo("ChecksumMismatch");
  }

  /** To make its SQL would be to run it. */
  @Test
  void whatRunsAProgramIsNotAskedForItsSql() {
    var proof = changelog.root().resolve("proof");
    changelog.with(
        "root.yaml",
        """
        databaseChangeLog:
        - changeSet:
            id: shell
            author: ann
            changes:
            - executeCommand: {executable: touch, args: [{arg: {value: %s}}]}
            - createTable: {tableName: t, columns: [{column: {name: i, type: int}}]}
        """
            .formatted(proof));
    var planned = sluice("root.yaml").run();
    assertThat(plan(planned).changeSets()).isEqualTo(1);
    assertThat(planned.output())
        .contains(
            "  -- executeCommand: its SQL is made when it runs",
            "  CREATE TABLE public.t (i INTEGER)");
    assertThat(proof).doesNotExist();
  }

  @Test
  void aWordThatIsNoDigestIsNamed() {
    var ran = sluice("drizzle").with("SLUICE_APPROVED", "yes").run();
    assertThat(ran.exit()).isEqualTo(40);
    assertThat(ran.message()).contains("SLUICE_APPROVED must be the digest of a plan");
  }
}
