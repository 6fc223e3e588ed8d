package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Databases that the real drizzle-orm has migrated, and on which it finds nothing to do later. */
class RealDrizzleIT {
  private static final String ROWS = "select count(*) from drizzle.__drizzle_migrations";

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog = fixture.changelog();
  private final TestRunner sluice = fixture.runner().with("SLUICE_CHANGELOG", "drizzle");

  private void drizzle(int version) {
    RealDrizzle.migrate(version, database, changelog.root().resolve("drizzle"));
  }

  /** What is taken over, then only the third runs; and the way back is open. */
  private void onlyTheThirdRuns(int version) {
    var ran = sluice.run();
    assertThat(ran.exit()).isZero();
    assertThat(ran.report().takenOver().adopted()).isEqualTo(2);
    assertThat(ran.report().applied()).hasSize(1);
    assertThat(database.query(ROWS)).containsExactly("3");
    drizzle(version);
    assertThat(database.query(ROWS)).containsExactly("3");
    assertThat(sluice.run().report().outcome().label()).isEqualTo("NothingPending");
  }

  @Test
  void ofVersionZeroIsTakenOver() {
    changelog.twoOfDrizzle();
    drizzle(0);
    changelog.thirdOfDrizzle("create table third (i int)");
    onlyTheThirdRuns(0);
  }

  @Test
  void ofVersionOneIsTakenOver() {
    changelog
        .with("drizzle/20240101000000_users/migration.sql", "create table users (id int)")
        .with("drizzle/20240102000000_orders/migration.sql", "create table orders (id int)");
    drizzle(1);
    changelog.with("drizzle/20240103000000_third/migration.sql", "create table third (i int)");
    onlyTheThirdRuns(1);
  }

  /** As somebody upgrades: version 1 upgrades the table of version 0 when it first runs. */
  @Test
  void thatVersionOneHasUpgradedIsTakenOver() {
    changelog.twoOfDrizzle();
    drizzle(0);
    for (var name : new String[] {"0000_users", "0001_orders"}) {
      changelog.without("drizzle/" + name + ".sql");
    }
    changelog.without("drizzle/meta/_journal.json");
    changelog
        .with(
            "drizzle/20231114221320_users/migration.sql",
            "CREATE TABLE users (id int);--> statement-breakpoint\n")
        .with(
            "drizzle/20231114221321_orders/migration.sql",
            "create table orders (j jsonb); select j ? 'a' from orders");
    drizzle(1);
    assertThat(database.query(ROWS)).containsExactly("2");
    changelog.with("drizzle/20240103000000_third/migration.sql", "create table third (i int)");
    onlyTheThirdRuns(1);
  }

  /** Both take turns. */
  @Test
  void thatSomebodyRunsMeanwhileIsTakenOverToo() {
    changelog.twoOfDrizzle();
    drizzle(0);
    assertThat(sluice.run().report().takenOver().adopted()).isEqualTo(2);
    changelog.thirdOfDrizzle("create table third (i int)");
    drizzle(0);
    var ran = sluice.run();
    assertThat(ran.report().takenOver().adopted()).isEqualTo(1);
    assertThat(ran.report().applied()).isEmpty();
  }
}
