package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.TestServer;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code B3__all.sql}, which stands for all up to 3 on a new database; the real Flyway judges. */
class FlywayBaselinesIT {
  private static final String ROWS =
      "select concat_ws('|', version, description, type, script, checksum, success)"
          + " from flyway_schema_history where type <> 'SCHEMA' order by installed_rank";

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestDatabase ofFlyway = TestServer.shared().database();
  private final TestChangelog changelog =
      fixture
          .changelog()
          .with("db/V1__a.sql", "create table a (i int)")
          .with("db/V2__b.sql", "create table b (i int)")
          .with("db/V3__c.sql", "create table c (i int)")
          .with("db/V4__d.sql", "create table d (i int)")
          .with("db/R__view.sql", "create or replace view v as select 1 as i");
  private final TestRunner sluice = fixture.runner().with("SLUICE_CHANGELOG", "db");

  private void baselines() {
    changelog
        .with("db/B2__two.sql", "create table a (i int); create table b (i int);")
        .with("db/B3__all.sql", "create table abc (i int);");
  }

  private Flyway flyway(TestDatabase on) {
    return RealFlyway.on(on, changelog, "db").load();
  }

  private void flywayFindsNothingToDo() {
    flyway(database).validate();
    assertThat(flyway(database).migrate().migrationsExecuted).isZero();
  }

  @Test
  void theLastOneRunsOnANewDatabaseInPlaceOfAllBefore() {
    baselines();
    flyway(ofFlyway).migrate();
    var ran = sluice.run();
    assertThat(ran.report().applied()).containsExactly("B3__all", "V4__d", "R__view");
    assertThat(database.has("abc")).isTrue();
    assertThat(database.has("a")).isFalse();
    assertThat(ofFlyway.has("abc")).isTrue();
    assertThat(sluice.run().report().outcome().label()).isEqualTo("NothingPending");
    changelog.with("db/V5__e.sql", "create table e (i int)");
    assertThat(sluice.run().report().applied()).containsExactly("V5__e");
  }

  @Test
  void isEnteredInFlywaysHistoryAsFlywayDoes() {
    changelog.with("empty/x.txt", "");
    Flyway.configure()
        .configuration(flyway(database).getConfiguration())
        .locations("filesystem:" + changelog.root().resolve("empty"))
        .load()
        .migrate();
    baselines();
    flyway(ofFlyway).migrate();
    assertThat(sluice.run().exit()).isZero();
    assertThat(database.query(ROWS)).isEqualTo(ofFlyway.query(ROWS));
    flywayFindsNothingToDo();
  }

  @Test
  void isPassedOverWhereSomethingIsAppliedAlready() {
    changelog.without("db/V3__c.sql");
    changelog.without("db/V4__d.sql");
    assertThat(sluice.run().exit()).isZero();
    baselines();
    changelog.with("db/V3__c.sql", "create table c (i int)");
    assertThat(sluice.run().report().applied()).containsExactly("V3__c");
  }

  @Test
  void thatFlywayHasBegunWithIsTakenOver() {
    baselines();
    flyway(database).migrate();
    changelog.with("db/V5__e.sql", "create table e (i int)");
    var ran = sluice.run();
    assertThat(ran.report().takenOver().adopted()).isEqualTo(3);
    assertThat(ran.report().applied()).containsExactly("V5__e");
    flywayFindsNothingToDo();
  }

  @Test
  void whereFlywayHasBegunWithoutItItStaysWithout() {
    flyway(database).migrate();
    baselines();
    changelog.with("db/V5__e.sql", "create table e (i int)");
    var ran = sluice.run();
    assertThat(ran.report().takenOver().adopted()).isEqualTo(5);
    assertThat(ran.report().applied()).containsExactly("V5__e");
    flywayFindsNothingToDo();
  }

  @Test
  void isPartOfSluiceSum() {
    baselines();
    assertThat(sluice.command("hash", "--root", changelog.root().toString())).isZero();
    changelog.with("db/B3__all.sql", "create table other (i int);");
    assertThat(sluice.run().message()).contains("db/B3__all.sql isn't what sluice.sum says");
  }

  /** As a team squashes: the files go that it stands for. */
  @Test
  void thatReplacesWhatIsAppliedDoesNotRunOnIt() {
    changelog.without("db/V3__c.sql");
    changelog.without("db/V4__d.sql");
    assertThat(sluice.run().exit()).isZero();
    database.execute("insert into a values (1)");
    changelog.without("db/V1__a.sql");
    changelog.without("db/V2__b.sql");
    changelog
        .with("db/B2__ab.sql", "drop table if exists a, b; create table a (i int)")
        .with("db/V3__c.sql", "create table c (i int)");
    assertThat(sluice.run().report().applied()).containsExactly("V3__c");
    assertThat(database.query("select i from a")).containsExactly("1");
  }

  /** What the database lacks of it would never run. */
  @Test
  void thatReplacesMoreThanIsAppliedIsRefused() {
    changelog.without("db/V2__b.sql");
    changelog.without("db/V3__c.sql");
    changelog.without("db/V4__d.sql");
    assertThat(sluice.run().exit()).isZero();
    changelog.without("db/V1__a.sql");
    changelog.with("db/B2__ab.sql", "create table a (i int); create table b (i int)");
    assertThat(sluice.run().reason()).isEqualTo("MigrationMissing");
  }

  @Test
  void thatIsGoneStillStandsForWhatItStoodFor() {
    changelog.without("db/V4__d.sql");
    baselines();
    assertThat(sluice.run().report().applied()).containsExactly("B3__all", "R__view");
    changelog.without("db/B3__all.sql");
    changelog.with("db/V4__d.sql", "create table d (i int)");
    assertThat(sluice.run().reason()).isEqualTo("MigrationMissing");
    var ran = sluice.with("SLUICE_MISSING", "Allow").run();
    assertThat(ran.report().applied()).containsExactly("V4__d");
    changelog.with("db/B5__later.sql", "drop table abc").with("db/V6__f.sql", "select 6");
    assertThat(sluice.run().report().applied()).containsExactly("V6__f");
  }

  @Test
  void runsWhereOnlyRepeatableOnesAreApplied() {
    for (var script : List.of("V1__a", "V2__b", "V3__c", "V4__d")) {
      changelog.without("db/" + script + ".sql");
    }
    assertThat(sluice.run().report().applied()).containsExactly("R__view");
    flyway(ofFlyway).migrate();
    changelog.with("db/V1__a.sql", "create table a (i int)");
    baselines();
    assertThat(sluice.run().report().applied()).containsExactly("B3__all");
    assertThat(flyway(ofFlyway).migrate().migrationsExecuted).isEqualTo(1);
    assertThat(ofFlyway.has("abc")).isTrue();
  }

  /** As Flyway does, which doesn't look at it again. */
  @Test
  void mayBeEditedAfterwards() {
    baselines();
    assertThat(sluice.run().exit()).isZero();
    changelog.with("db/B3__all.sql", "create table abc (i bigint);");
    assertThat(sluice.run().report().outcome().label()).isEqualTo("NothingPending");
  }

  @Test
  void aloneMakesAFolder() {
    for (var script : List.of("V1__a", "V2__b", "V3__c", "V4__d", "R__view")) {
      changelog.without("db/" + script + ".sql");
    }
    changelog.with("db/B3__all.sql", "create table abc (i int)");
    assertThat(sluice.run().report().applied()).containsExactly("B3__all");
  }
}
