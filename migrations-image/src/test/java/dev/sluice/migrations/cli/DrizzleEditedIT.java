package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A folder of drizzle-kit that no longer is what was applied. */
class DrizzleEditedIT {
  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog = fixture.changelog().twoOfDrizzle();
  private final TestRunner sluice = fixture.runner().with("SLUICE_CHANGELOG", "drizzle");

  @Test
  void namesAMigrationThatWasEdited() {
    sluice.run();
    changelog.with("drizzle/0000_users.sql", "CREATE TABLE users (id bigint);");
    changelog.thirdOfDrizzle("create table third (i int)");
    var ran = sluice.run();
    assertThat(ran.exit()).isEqualTo(20);
    assertThat(ran.reason()).isEqualTo("ChecksumMismatch");
    assertThat(ran.failure().file()).isEqualTo("drizzle/0000_users.sql");
    assertThat(database.has("third")).isFalse();
  }

  /** A backslash in a statement of the runner's own would mean something else then. */
  @Test
  void namesItAlsoWhereBackslashesEscape() {
    database.execute(
        "alter database \"%s\" set standard_conforming_strings = off".formatted(database.name()));
    sluice.run();
    changelog.with("drizzle/0000_users.sql", "CREATE TABLE users (id bigint);");

    assertThat(sluice.run().reason()).isEqualTo("ChecksumMismatch");
  }

  @Test
  void namesAMigrationThatIsGone() {
    sluice.run();
    changelog.drizzle("drizzle", "0001_orders").without("drizzle/0000_users.sql");
    var ran = sluice.run();
    assertThat(ran.exit()).isEqualTo(20);
    assertThat(ran.reason()).isEqualTo("MigrationMissing");
    assertThat(ran.failure().file()).isEqualTo("drizzle/0000_users.sql");
  }

  @Test
  void namesTheNewestThatIsGoneWhenAnotherCameInItsPlace() {
    sluice.run();
    changelog
        .drizzle("drizzle", "0000_users", "0001_other")
        .with("drizzle/0001_other.sql", "create table other (i int)");
    var ran = sluice.run();
    assertThat(ran.reason()).isEqualTo("MigrationMissing");
    assertThat(ran.failure().file()).isEqualTo("drizzle/0001_orders.sql");
    assertThat(database.has("other")).isFalse();
  }

  @Test
  void warnsWhenTheDatabaseIsAhead() {
    sluice.run();
    changelog.drizzle("drizzle", "0000_users").without("drizzle/0001_orders.sql");
    var ran = sluice.run();
    assertThat(ran.exit()).isZero();
    assertThat(ran.output()).contains("WARNING 0001_orders is applied");
  }

  @Test
  void refusesAMigrationThatComesBeforeAnAppliedOne() {
    sluice.run();
    changelog
        .drizzle("drizzle", "0000_users", "0000_between", "0001_orders")
        .with("drizzle/0000_between.sql", "create table between_them (i int)");
    var ran = sluice.run();
    assertThat(ran.exit()).isEqualTo(30);
    assertThat(ran.reason()).isEqualTo("OutOfOrder");
    assertThat(ran.failure().file()).isEqualTo("drizzle/0000_between.sql");
    assertThat(database.has("between_them")).isFalse();
    assertThat(sluice.with("SLUICE_OUT_OF_ORDER", "Allow").run().report().applied())
        .containsExactly("0000_between");
  }

  @Test
  void refusesWhatTheSumsDoNotKnow() {
    changelog.with("drizzle/sluice.sum", "0000_users.sql sha256:" + "0".repeat(64));
    var ran = sluice.run();
    assertThat(ran.exit()).isEqualTo(40);
    assertThat(ran.reason()).isEqualTo("ChangelogInvalid");
    assertThat(ran.failure().file()).isEqualTo("drizzle/0000_users.sql");
    assertThat(database.has("databasechangelog")).isFalse();
  }
}
