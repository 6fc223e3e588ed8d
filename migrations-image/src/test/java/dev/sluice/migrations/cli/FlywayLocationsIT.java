package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several folders of Flyway's that are one; the real Flyway, with the same locations, judges. */
class FlywayLocationsIT {
  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog =
      fixture
          .changelog()
          .with("db/common/V1__a.sql", "create table a (i int)")
          .with("db/common/V3__c.sql", "create table c (i int)")
          .with("db/prod/sub/V2__b.sql", "insert into a values (1)")
          .with("db/prod/R__view.sql", "create or replace view v as select * from a")
          .with("db/test/V4__never.sql", "select 1/0");
  private final TestRunner sluice =
      fixture
          .runner()
          .with("SLUICE_CHANGELOG", "db/common")
          .with("SLUICE_CHANGELOG_ALSO", "db/prod");

  private Flyway flyway() {
    return RealFlyway.on(database, changelog, "db/common", "db/prod").load();
  }

  @Test
  void areOneListInFlywaysOrder() {
    assertThat(sluice.run().report().applied())
        .containsExactly("V1__a", "sub/V2__b", "V3__c", "R__view");
    assertThat(sluice.run().report().outcome().label()).isEqualTo("NothingPending");
    assertThat(database.query("select i from v")).containsExactly("1");
  }

  @Test
  void takeTurnsWithFlyway() {
    flyway().migrate();
    changelog.with("db/prod/V5__e.sql", "create table e (i int)");
    var ran = sluice.run();
    assertThat(ran.report().takenOver().adopted()).isEqualTo(4);
    assertThat(ran.report().applied()).containsExactly("V5__e");
    flyway().validate();
    assertThat(flyway().migrate().migrationsExecuted).isZero();
  }

  @Test
  void areNamedOnACommandLineOneByOne() {
    sluice.without("SLUICE_CHANGELOG_ALSO").with("SLUICE_CHANGELOG", "db/common");
    assertThat(sluice.command("migrate", "--changelog", "db/prod")).isZero();
    assertThat(database.has("v")).isTrue();
    assertThat(sluice.command("hash", "--changelog", "db/prod", "--root", changelog.root() + ""))
        .isZero();
    assertThat(
            sluice.command("validate", "--changelog", "db/prod", "--root", changelog.root() + ""))
        .isZero();
    changelog.with("db/prod/sub/V2__b.sql", "select 2");
    assertThat(sluice.with("SLUICE_CHANGELOG_ALSO", "db/prod").run().message())
        .contains("db/prod/sub/V2__b.sql isn't what sluice.sum says");
  }

  @Test
  void aVersionThatIsInTwoOfThemIsRefused() {
    changelog.with("db/prod/V3__again.sql", "select 3");
    assertThat(sluice.run().message())
        .isEqualTo("db/prod/V3__again.sql has the version of db/common/V3__c.sql");
  }

  @Test
  void anEditIsNamedWhereTheFileIs() {
    assertThat(sluice.run().exit()).isZero();
    changelog.with("db/prod/sub/V2__b.sql", "select 2");
    assertThat(sluice.run().failure().file()).isEqualTo("db/prod/sub/V2__b.sql");
  }

  @Test
  void oneThatIsntThereIsNamed() {
    var ran = sluice.with("SLUICE_CHANGELOG_ALSO", "db/prod,db/none").run();
    assertThat(ran.reason()).isEqualTo("ChangelogMissing");
    assertThat(ran.message()).startsWith("db/none is no folder below ");
  }

  @Test
  void areForFlywayOnly() {
    changelog.drizzle("drizzle");
    var ran = sluice.with("SLUICE_CHANGELOG_ALSO", "drizzle").run();
    assertThat(ran.message()).contains("only folders of Flyway can be several");
  }
}
