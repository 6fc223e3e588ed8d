package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Placeholders of a Flyway folder; the real Flyway judges what came of them. */
class FlywayPlaceholdersIT {
  private static final String VALUES = "{\"owner\":\"ann\",\"Tier\":\"gold\"}";

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestDatabase ofFlyway = database.server().database();
  private final TestChangelog changelog =
      fixture
          .changelog()
          .with(
              "db/V1__users.sql",
              """
              create table users (id int, name text default '${OWNER}'); -- ${tier}
              insert into users values (1, '${flyway:filename} ${flyway:defaultSchema}'),
                (2, '${flyway:table}'), (3, '${flyway:user}');
              """)
          .with("db/R__tier.sql", "create or replace view tier as select '${tier}' as tier;");
  private final TestRunner sluice =
      fixture.runner().with("SLUICE_CHANGELOG", "db").with("SLUICE_PARAMETERS", VALUES);

  private Flyway flyway(TestDatabase on, Map<String, String> values) {
    return RealFlyway.on(on, changelog, "db").placeholders(values).load();
  }

  @Test
  void areFilledAsFlywayDoes() {
    var real = flyway(ofFlyway, Map.of("owner", "ann", "Tier", "gold"));
    real.migrate();
    assertThat(sluice.run().exit()).isZero();
    var rows = "select id || name from users order by id";
    assertThat(database.query(rows)).isEqualTo(ofFlyway.query(rows)).hasSize(3);
    assertThat(database.query("select tier from tier")).containsExactly("gold");
  }

  /** Its checksums are those of Flyway, so that either tool can go on. */
  @Test
  void takeTurnsWithFlyway() {
    var real = flyway(database, Map.of("owner", "ann", "Tier", "gold"));
    real.migrate();
    var taken = sluice.run();
    assertThat(taken.report().takenOver().adopted()).isEqualTo(2);
    assertThat(taken.report().applied()).isEmpty();
    sluice.with("SLUICE_PARAMETERS", VALUES.replace("gold", "free"));
    assertThat(sluice.run().report().applied()).containsExactly("R__tier");
    var changed = flyway(database, Map.of("owner", "ann", "Tier", "free"));
    changed.validate();
    assertThat(changed.migrate().migrationsExecuted).isZero();
  }

  @Test
  void onesThatNobodyGivesAreNamedBeforeAnythingRuns() {
    var ran = sluice.with("SLUICE_PARAMETERS", "{\"owner\":\"ann\"}").run();
    assertThat(ran.reason()).isEqualTo("ChangelogInvalid");
    assertThat(ran.message())
        .isEqualTo("V1__users has the placeholder ${tier}, and nobody gives its value");
    assertThat(ran.failure().hint()).contains("changelog.parameters", "V1__users.sql.conf");
    assertThat(database.has("users")).isFalse();
  }

  @Test
  void whatIsAppliedNeedsNoValuesAnyMore() {
    assertThat(sluice.run().exit()).isZero();
    changelog.without("db/R__tier.sql");
    changelog.with("db/V2__next.sql", "create table next (i int)");
    var ran = sluice.without("SLUICE_PARAMETERS").with("SLUICE_MISSING", "Allow").run();
    assertThat(ran.report().applied()).containsExactly("V2__next");
  }

  @Test
  void noRefusalRepeatsWhatMayBeAValue() {
    changelog.with("db/V2__a.sql", "select $${\"password\": \"canary\"}$$");
    assertThat(sluice.run().exit()).isZero();
    changelog.with("db/V3__a.sql", "select '${\"password\": \"canary\"}'");
    var ran = sluice.run();
    assertThat(ran.message()).contains("the placeholder ${…}");
    assertThat(ran.output()).doesNotContain("canary");
  }

  /** As people make Flyway run a script every time. */
  @Test
  void aRepeatableOneThatNamesTheTimeRunsEveryTime() throws InterruptedException {
    changelog.with("db/R__grants.sql", "-- ${flyway:timestamp}\ncomment on table users is 'x';");
    assertThat(sluice.run().exit()).isZero();
    Thread.sleep(1100);
    var ran = sluice.run();
    assertThat(ran.report().applied()).containsExactly("R__grants");
  }

  @Test
  void flywaysOwnAreNotTheRunsToGive() {
    var ran = sluice.with("SLUICE_PARAMETERS", "{\"flyway:user\":\"bob\"}").run();
    assertThat(ran.message()).contains("the parameter flyway:user is Flyway's own");
  }
}
