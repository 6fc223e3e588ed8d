package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Flyway folder with settings of its own; the real Flyway, with the same, judges. */
class FlywaySettingsIT {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "flyway.schemas", "shop,other",
          "flyway.table", "history",
          "flyway.sqlMigrationPrefix", "M",
          "flyway.placeholders.tier", "gold",
          "flyway.sqlMigrationSuffixes", ".pgsql,.sql");
  private static final String ROWS =
      "select concat_ws('|', version, description, type, script, checksum, success)"
          + " from shop.history where type <> 'SCHEMA' order by installed_rank";

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestDatabase ofFlyway = TestServer.shared().database();
  private final TestChangelog changelog =
      fixture
          .changelog()
          .with("db/M1__t.pgsql", "create table t (v text default '${tier}');")
          .with("db/M2__rows.sql", "insert into t values (default), ('${flyway:defaultSchema}');")
          .with("db/V3__not_one.sql", "select 1/0")
          .with("db/flyway.conf", conf());
  private final TestRunner sluice = fixture.runner().with("SLUICE_CHANGELOG", "db");

  private static String conf() {
    var conf = new StringBuilder("flyway.user=postgres\n");
    SETTINGS.forEach((key, value) -> conf.append(key).append('=').append(value).append('\n'));
    return conf.toString();
  }

  private Flyway flyway(TestDatabase on) {
    return RealFlyway.on(on, changelog, "db").configuration(SETTINGS).load();
  }

  @Test
  void workAsInFlyway() {
    flyway(ofFlyway).migrate();
    assertThat(sluice.run().report().applied()).containsExactly("M1__t.pgsql", "M2__rows");
    var rows = "select v from shop.t order by v";
    assertThat(database.query(rows)).isEqualTo(ofFlyway.query(rows)).hasSize(2);
    assertThat(database.query("select count(*) from pg_namespace where nspname = 'other'"))
        .isEqualTo(List.of("1"));
    assertThat(sluice.run().report().outcome().label()).isEqualTo("NothingPending");
  }

  @Test
  void takeTurnsWithFlyway() {
    flyway(database).migrate();
    changelog.with("db/M4__more.sql", "create table more (i int)");
    var ran = sluice.run();
    assertThat(ran.report().takenOver().adopted()).isEqualTo(2);
    assertThat(ran.report().applied()).containsExactly("M4__more");
    assertThat(database.has("shop.more")).isTrue();
    flyway(ofFlyway).migrate();
    assertThat(database.query(ROWS)).isEqualTo(ofFlyway.query(ROWS));
    flyway(database).validate();
    assertThat(flyway(database).migrate().migrationsExecuted).isZero();
  }

  @Test
  void theSearchPathOfTheRunWins() {
    database.execute("create schema tenant");
    assertThat(sluice.with("SLUICE_SEARCH_PATH", "tenant").run().exit()).isZero();
    assertThat(database.has("tenant.t")).isTrue();
    assertThat(database.has("shop.t")).isFalse();
  }

  /** Known by its version, not by its name, also where the names are others. */
  @Test
  void aFileThatWasMovedDoesNotRunAgain() {
    assertThat(sluice.run().exit()).isZero();
    changelog.without("db/M1__t.pgsql");
    changelog.with("db/sub/M1__t.pgsql", "create table t (v text default '${tier}');");
    assertThat(sluice.run().report().outcome().label()).isEqualTo("NothingPending");
  }

  @Test
  void noSchemaIsMadeWhereFlywayIsToldNotTo() {
    changelog.with("db/flyway.conf", conf() + "flyway.createSchemas=FALSE\n");
    assertThat(sluice.run().message()).contains("isn't there, and Flyway's settings say");
    assertThat(database.query("select count(*) from pg_namespace where nspname = 'shop'"))
        .isEqualTo(List.of("0"));
  }

  @Test
  void aScriptMayHaveAnEncodingOfItsOwn() throws IOException {
    fixture
        .changelog()
        .with("enc/V1__a.sql.conf", "encoding=ISO-8859-1\nexecuteInTransaction=FALSE\n")
        .with("enc/V1__a.sql", "");
    Files.write(
        fixture.changelog().root().resolve("enc/V1__a.sql"),
        "create table a as select 'gr\u00fc\u00dfe' as t;".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(fixture.runner().with("SLUICE_CHANGELOG", "enc").run().exit()).isZero();
    assertThat(fixture.database().query("select t from a")).containsExactly("gr\u00fc\u00dfe");
  }

  @Test
  void anEncodingThatIsNoneIsNamed() {
    fixture
        .changelog()
        .with("enc/V1__a.sql.conf", "encoding=latin-nine\n")
        .with("enc/V1__a.sql", "select 1;");
    assertThat(fixture.runner().with("SLUICE_CHANGELOG", "enc").run().message())
        .contains("enc/V1__a.sql.conf names an encoding that isn't known");
  }

  @Test
  void aRepeatableOneThatIsGoneHasAWayOut() {
    fixture
        .changelog()
        .with("rep/V1__a.sql", "select 1;")
        .with("rep/R__v.sql", "create or replace view v as select 1 as i;");
    assertThat(fixture.runner().with("SLUICE_CHANGELOG", "rep").run().exit()).isZero();
    fixture.changelog().without("rep/R__v.sql");
    fixture.changelog().with("rep/V2__b.sql", "select 2;");
    var refused = fixture.runner().with("SLUICE_CHANGELOG", "rep").run();
    assertThat(refused.failure().hint()).contains("policy.missing: Allow");
    var allowed =
        fixture.runner().with("SLUICE_CHANGELOG", "rep").with("SLUICE_MISSING", "Allow").run();
    assertThat(allowed.exit()).isZero();
  }
}
