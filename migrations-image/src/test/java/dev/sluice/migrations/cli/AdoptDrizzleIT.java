package dev.sluice.migrations.cli;

import static dev.sluice.migrations.cli.MigratedByDrizzle.HISTORY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.report.TakenOver;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A database that Drizzle has migrated so far, and what is taken over of it. */
class AdoptDrizzleIT {
  private static final String ENTERED =
      "select filename, description from databasechangelog order by orderexecuted";

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog = fixture.changelog().twoOfDrizzle();
  private final MigratedByDrizzle drizzle = new MigratedByDrizzle(database, changelog);
  private final TestRunner sluice = fixture.runner().with("SLUICE_CHANGELOG", "drizzle");

  @BeforeEach
  void migratedByDrizzle() {
    drizzle.twoMigrations();
  }

  private void nothingIsWritten() {
    assertThat(database.has("databasechangelog")).isFalse();
    assertThat(database.has("third")).isFalse();
  }

  @Test
  void takesTheHistoryOverAndRunsOnlyTheRest() {
    changelog.thirdOfDrizzle("create table third (i int)");
    var ran = sluice.run();
    assertThat(ran.exit()).isZero();
    assertThat(ran.report().takenOver()).isEqualTo(TakenOver.adopted(2, HISTORY));
    assertThat(ran.report().applied()).containsExactly("0002_third");
    assertThat(database.query(ENTERED.replace(", description", " || ' ' || description")))
        .containsExactly("0000_users.sql adopted", "0001_orders.sql adopted", "0002_third.sql sql");
    assertThat(database.query("select count(*) from " + HISTORY)).containsExactly("3");
    var again = sluice.run();
    assertThat(again.report().outcome().label()).isEqualTo("NothingPending");
    assertThat(again.report().takenOver()).isEqualTo(TakenOver.NOTHING);
  }

  /** Somebody runs drizzle-kit by hand meanwhile. */
  @Test
  void takesLaterRowsOverToo() {
    sluice.run();
    changelog.thirdOfDrizzle("create table third (i int)");
    database.execute("create table third (i int)");
    drizzle.applied("0002_third", 2);
    changelog
        .drizzle("drizzle", "0000_users", "0001_orders", "0002_third", "0003_fourth")
        .with("drizzle/0003_fourth.sql", "create table fourth (i int)");
    var ran = sluice.run();
    assertThat(ran.exit()).isZero();
    assertThat(ran.report().takenOver()).isEqualTo(TakenOver.adopted(1, HISTORY));
    assertThat(ran.report().applied()).hasSize(1);
    assertThat(database.query("select count(*) from " + HISTORY)).containsExactly("4");
  }

  @Test
  void aCheckoutWithOtherLineEndsAndAMarkIsNoEdit() {
    changelog.with("drizzle/0001_orders.sql", "create table orders (j jsonb);\nselect 1");
    database.execute(
        "update %s set hash = '%s' where id = 2".formatted(HISTORY, drizzle.hash("0001_orders")));
    changelog.with("drizzle/0001_orders.sql", "\uFEFFcreate table orders (j jsonb);\r\nselect 1");
    assertThat(sluice.run().report().takenOver().adopted()).isEqualTo(2);
  }

  @Test
  void aHistoryThatIsAheadOfTheFolderIsAWarning() {
    drizzle.row("0123456789abcdef", 1_800_000_000_000L);
    var ran = sluice.run();
    assertThat(ran.exit()).isZero();
    assertThat(ran.output()).contains("WARNING", "the database is ahead of it");
  }

  /** drizzle-orm goes by the latest time alone. */
  @Test
  void whatTheToolPassedOverFollowsThePolicy() {
    changelog.thirdOfDrizzle("create table third (i int)");
    database.execute("drop table orders; create table third (i int);");
    database.execute("delete from %s where id = 2".formatted(HISTORY));
    drizzle.applied("0002_third", 2);
    var ran = sluice.run();
    assertThat(ran.reason()).isEqualTo("OutOfOrder");
    assertThat(ran.failure().file()).isEqualTo("drizzle/0001_orders.sql");
    assertThat(database.has("databasechangelog")).isFalse();
    var allowed = sluice.with("SLUICE_OUT_OF_ORDER", "Allow").run();
    assertThat(allowed.report().applied()).containsExactly("0001_orders");
  }

  @Test
  void rowsOfVersionOneGoByTheirNames() {
    database.execute(
        "alter table %1$s add name text, add applied_at timestamptz; delete from %1$s"
            .formatted(HISTORY));
    changelog
        .with("v1/20240101000000_a/migration.sql", "create table users (id int)")
        .with("v1/20240102000000_b/migration.sql", "create table b (i int)");
    database.execute(
        "insert into %s (hash, created_at, name) values ('%s', 1704067200000, '20240101000000_a')"
            .formatted(HISTORY, drizzle.hash("../v1/20240101000000_a/migration")));
    var ran = sluice.with("SLUICE_CHANGELOG", "v1").run();
    assertThat(ran.exit()).isZero();
    assertThat(ran.report().takenOver().adopted()).isEqualTo(1);
    assertThat(ran.report().applied()).hasSize(1);
  }

  @Test
  void aPlanListsWhatIsTakenOverAndNothingIsWrittenBeforeItsApproval() {
    changelog.thirdOfDrizzle("create table third (i int)");
    sluice.with("SLUICE_APPROVAL", "Manual");
    var planned = sluice.run();
    assertThat(planned.reason()).isEqualTo("ApprovalRequired");
    assertThat(planned.output())
        .contains("plan [1/3] entered without running: 0000_users", "plan [3/3] 0002_third");
    nothingIsWritten();

    var digest = Objects.requireNonNull(planned.report().plan()).digest();
    sluice.with("SLUICE_APPROVED", digest);
    database.execute("create table third (mine int)");
    assertThat(sluice.run().reason()).as("adopted, then failed").isEqualTo("ChangeSetFailed");
    assertThat(database.query("select count(*) from databasechangelog")).containsExactly("2");
    database.execute("drop table third");
    assertThat(sluice.run().report().applied()).as("the rest, by the same word").hasSize(1);
  }

  @Test
  void theCommandTakesOverAndRunsNothing() {
    changelog.thirdOfDrizzle("create table third (i int)");
    assertThat(sluice.command("status")).isZero();
    assertThat(sluice.command("adopt", "--dry-run")).isZero();
    nothingIsWritten();
    assertThat(sluice.command("adopt")).isZero();
    assertThat(database.query("select count(*) from databasechangelog")).containsExactly("2");
    assertThat(database.has("third")).isFalse();
    assertThat(sluice.command("adopt")).as("nothing is left to take").isZero();
    assertThat(sluice.run().report().applied()).hasSize(1);
  }

  @Test
  void aLiquibaseChangelogHasNothingToTakeOver() {
    changelog.with("root.sql", TestChangelog.TWO_TABLES);
    assertThat(sluice.with("SLUICE_CHANGELOG", "root.sql").command("adopt")).isEqualTo(40);
    var ran = sluice.with("SLUICE_BASELINE_TO", "users").run();
    assertThat(ran.exit()).isEqualTo(40);
    assertThat(ran.message()).contains("root.sql is a changelog of Liquibase");
    assertThat(database.has("databasechangelog")).isFalse();
  }
}
