package dev.sluice.migrations.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.TestServer;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Callbacks of a Flyway folder: the real Flyway, on a database of its own, says in which order. */
class FlywayCallbacksIT {
  private static final List<String> EVENTS =
      List.of(
          "beforeRepeatables",
          "beforeEachMigrate",
          "beforeEachMigrate__again",
          "afterEachMigrate",
          "afterVersioned",
          "afterMigrateApplied",
          "a/afterMigrate__b",
          "z/afterMigrate__a",
          "afterMigrateError");

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestDatabase ofFlyway = TestServer.shared().database();
  private final TestChangelog changelog = fixture.changelog();
  private final TestRunner sluice = fixture.runner().with("SLUICE_CHANGELOG", "db");

  @BeforeEach
  void folder() {
    changelog.with(
        "db/beforeMigrate.sql",
        "create table if not exists log (id serial, what text);\n" + noted("beforeMigrate"));
    EVENTS.forEach(event -> changelog.with("db/callbacks/" + event + ".sql", noted(event)));
    changelog
        .with("db/beforeClean.sql", "select 1/0")
        .with("db/V1__users.sql", "create table users (id int);\n" + noted("V1"))
        .with("db/V2__more.sql", "create table more (id int);\n" + noted("V2"));
  }

  private static String noted(String what) {
    return "insert into log (what) values ('" + what + "')";
  }

  private Flyway flyway(TestDatabase on) {
    return RealFlyway.on(on, changelog, "db").load();
  }

  private void runAsFlywayDoes() {
    var log = "select what from log order by id";
    assertThat(database.query(log)).isEqualTo(ofFlyway.query(log)).isNotEmpty();
  }

  @Test
  void runInFlywaysOrder() {
    flyway(ofFlyway).migrate();
    assertThat(sluice.run().report().applied()).containsExactly("V1__users", "V2__more");
    runAsFlywayDoes();
  }

  @Test
  void runWithNothingPendingToo() {
    flyway(ofFlyway).migrate();
    flyway(ofFlyway).migrate();
    sluice.run();
    assertThat(sluice.run().report().outcome().label()).isEqualTo("NothingPending");
    runAsFlywayDoes();
  }

  @Test
  void runBeforeRepeatableOnesAndAfterVersionedOnes() {
    changelog.with("db/R__view.sql", "create or replace view v as select 1;\n" + noted("R"));
    flyway(ofFlyway).migrate();
    sluice.run();
    runAsFlywayDoes();
  }

  @Test
  void runAfterAFailure() {
    changelog.with("db/V3__wrong.sql", "select 1/0");
    try {
      flyway(ofFlyway).migrate();
      throw new AssertionError("it succeeded");
    } catch (FlywayException e) {
      assertThat(e).hasMessageContaining("V3__wrong.sql");
    }
    assertThat(sluice.run().failure().changeSet()).isEqualTo("V3__wrong");
    runAsFlywayDoes();
  }

  @Test
  void areAPartOfTheMigrationThatTheyAreAround() {
    changelog.with("db/afterEachMigrate__wrong.sql", "select 1/0");
    var ran = sluice.run();
    assertThat(ran.failure().changeSet()).isEqualTo("V1__users");
    assertThat(database.has("users")).isFalse();
  }

  @Test
  void thatFailAreNamed() {
    changelog.with("db/afterMigrate__wrong.sql", "select 1/0");
    var ran = sluice.run();
    assertThat(ran.reason()).isEqualTo("ChangeSetFailed");
    assertThat(ran.failure().file()).isEqualTo("db/afterMigrate__wrong.sql");
    assertThat(ran.report().applied()).containsExactly("V1__users", "V2__more");
    changelog.without("db/afterMigrate__wrong.sql");
    assertThat(sluice.run().exit()).isZero();
  }

  @Test
  void runOutsideOfATransactionWhereTheySaySo() {
    changelog.with("db/afterMigrate__wait.sql", "vacuum users;\nvacuum more");
    assertThat(sluice.run().exit()).isZero();
  }

  @Test
  void areShownInThePlanAndRunOnlyWithIt() {
    sluice.with("SLUICE_APPROVAL", "Manual");
    var plan = sluice.run();
    assertThat(plan.output()).contains("callback beforeMigrate.sql", noted("beforeEachMigrate"));
    assertThat(database.has("log")).isFalse();
    var digest = requireNonNull(plan.report().plan()).digest();
    assertThat(sluice.with("SLUICE_APPROVED", digest).run().exit()).isZero();
    var before = database.query("select count(*) from log");
    assertThat(sluice.without("SLUICE_APPROVED").run().exit()).isZero();
    assertThat(database.query("select count(*) from log")).isEqualTo(before);
  }

  @Test
  void ofAMomentThatIsntKnownAreRefused() {
    changelog.with("db/beforeEachMigrateStatement.sql", "select 1");
    var ran = sluice.run();
    assertThat(ran.message()).contains("db/beforeEachMigrateStatement.sql is a callback for");
    assertThat(ran.failure().hint()).contains("afterMigrateApplied");
  }

  @Test
  void twoOfOneNameAreRefused() {
    changelog.with("db/callbacks/other/afterVersioned.sql", "select 1");
    var ran = sluice.run();
    assertThat(ran.message())
        .isEqualTo(
            "db/callbacks/other/afterVersioned.sql is a callback of the same name as"
                + " db/callbacks/afterVersioned.sql");
  }

  /** Around a migration they are in its transaction, whatever they are told, as in Flyway. */
  @Test
  void leaveNothingOfAMigrationThatFails() {
    changelog
        .with("db/callbacks/beforeEachMigrate.sql.conf", "executeInTransaction=False")
        .with("db/V3__wrong.sql", "select 1/0");
    assertThat(sluice.run().failure().changeSet()).isEqualTo("V3__wrong");
    changelog.with("db/V3__wrong.sql", "select 1");
    assertThat(sluice.run().report().applied()).containsExactly("V3__wrong");
  }

  @Test
  void ofWhichFlywayKnowsNothingAreNone() {
    changelog.with("db/afterSomething.sql", "select 1/0");
    var ran = sluice.run();
    assertThat(ran.exit()).isZero();
    assertThat(ran.output()).contains("afterSomething.sql: is named neither");
  }
}
