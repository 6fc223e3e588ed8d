package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.TestServer;
import dev.sluice.migrations.liquibase.EmbeddedLiquibase;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A folder of Flyway, run as it is; the real Flyway judges what is written for it. */
class FlywayIT {
  private static final String ROWS =
      """
      select concat_ws('|', installed_rank, coalesce(version, '-'), description, type, script,
                       checksum, installed_by, success)
        from flyway_schema_history where type <> 'SCHEMA' order by installed_rank
      """;

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private TestChangelog changelog =
      fixture
          .changelog()
          .with("db/V1__users.sql", "create table users (id int);\ninsert into users values (1);")
          .with(
              "db/V1.2__odd_text.sql",
              "\uFEFF-- Grüße\r\ncreate table a (t text);\r\n\r\nselect 1;")
          .with("db/V10__ten.sql", "create view ten as select 10 as ten")
          .with("db/R__views.sql", "create or replace view v as select 1 as one;");
  private final TestRunner sluice = fixture.runner().with("SLUICE_CHANGELOG", "db");

  private Flyway flyway(TestDatabase on) {
    return RealFlyway.on(on, changelog, "db").load();
  }

  /** An empty history table, as Flyway makes it. */
  private void history() {
    var empty = changelog.root().resolveSibling(changelog.root().getFileName() + "-empty");
    new TestChangelog(empty).with("x.txt", "");
    Flyway.configure()
        .configuration(flyway(database).getConfiguration())
        .locations("filesystem:" + empty)
        .load()
        .migrate();
  }

  @Test
  void appliesInFlywaysOrder() {
    assertThat(sluice.run().report().applied())
        .containsExactly("V1__users", "V1.2__odd_text", "V10__ten", "R__views");
    assertThat(sluice.run().report().outcome().label()).isEqualTo("NothingPending");
  }

  @Test
  void theRealFlywayFindsNothingToDoAfterUs() {
    changelog =
        changelog
            .with("db/V11__capitals.SQL", "create table capitals (i int)")
            .with("db/.history/V12__old.sql", "select 1/0")
            .with("db/V13__folder.sql/V14__inner.sql", "create table inner_one (i int)");
    history();
    sluice.run();
    var real = flyway(database);
    real.validate();
    assertThat(Stream.of(real.info().pending()).map(MigrationInfo::getScript)).isEmpty();
    assertThat(real.migrate().migrationsExecuted).isZero();
  }

  @Test
  void theRowsAreThoseOfTheRealFlyway() {
    var other = TestServer.shared().database();
    flyway(other).migrate();
    history();
    sluice.run();
    assertThat(database.query(ROWS)).hasSize(4).isEqualTo(other.query(ROWS));
  }

  @Test
  void commitsAMigrationTogetherWithItsRows() {
    history();
    sluice.run();
    var table = database.query("select xmin from pg_class where relname = 'users'");
    assertThat(database.query("select xmin from flyway_schema_history where version = '1'"))
        .isEqualTo(table);
    assertThat(
            database.query("select xmin from databasechangelog where filename = 'V1__users.sql'"))
        .isEqualTo(table);
  }

  @Test
  void repeatsWhatChanged() {
    history();
    sluice.run();
    changelog.with("db/R__views.sql", "create or replace view v as select 1 as one, 2 as two;");
    var ran = sluice.run();
    assertThat(ran.report().applied()).containsExactly("R__views");
    assertThat(database.query("select two from v")).containsExactly("2");
    assertThat(database.query("select count(*) from databasechangelog")).containsExactly("4");
    flyway(database).validate();
    assertThat(flyway(database).migrate().migrationsExecuted).isZero();
  }

  @Test
  void otherLineEndsAreNoEdit() {
    sluice.run();
    changelog.with(
        "db/V1__users.sql", "create table users (id int);\r\ninsert into users values (1);\r\n");
    assertThat(sluice.run().exit()).isZero();
    changelog.with("db/V1__users.sql", "create table users (id bigint);");
    assertThat(sluice.run().reason()).isEqualTo("ChecksumMismatch");
  }

  @Test
  void refusesAVersionBelowTheLatest() {
    sluice.run();
    changelog.with("db/V5__late.sql", "create table late (i int)");
    var ran = sluice.run();
    assertThat(ran.reason()).isEqualTo("OutOfOrder");
    assertThat(ran.failure().file()).isEqualTo("db/V5__late.sql");
    assertThat(sluice.with("SLUICE_OUT_OF_ORDER", "Allow").run().exit()).isZero();
  }

  @Test
  void refusesAHistoryThatIsNotToBeAdopted() {
    flyway(database).migrate();
    var ran = sluice.with("SLUICE_ADOPT", "Never").run();
    assertThat(ran.exit()).isEqualTo(30);
    assertThat(ran.reason()).isEqualTo("ForeignHistory");
    assertThat(ran.message()).contains("\"public\".flyway_schema_history").contains("V1__users");
  }

  @Test
  void putsTheSearchPathBackAsFlywayDoes() {
    changelog.with("db/V1__users.sql", "select set_config('search_path', '', false)");
    assertThat(sluice.run().exit()).isZero();
    assertThat(database.has("public.a")).isTrue();
  }

  @Test
  void runsConcurrentlyAndWithoutTransaction() {
    history();
    changelog
        .with(
            "db/V11__i.sql",
            "create index concurrently i on users (id);\n"
                + "create index concurrently j on users (id);")
        .with("db/V12__off.sql", "vacuum users; select 1;")
        .with("db/V13__conf.sql", "create table c (i int); select 1;")
        .with("db/V13__conf.sql.conf", "executeInTransaction=false");
    assertThat(sluice.run().exit()).isZero();
    assertThat(database.has("j")).isTrue();
    flyway(database).validate();
  }

  @Test
  void runsAFlatFolderAtTheRoot() {
    changelog = new TestChangelog(changelog.root().resolve("db"));
    var ran = new TestRunner(database, changelog).with("SLUICE_CHANGELOG", ".").run();
    assertThat(ran.report().applied()).contains("V1__users");
  }

  @Test
  void liquibaseAcceptsTheLedger() throws Exception {
    var inside = new TestChangelog(changelog.root().resolve("db"));
    inside.with(
        "root.yaml",
        """
        databaseChangeLog:
        - includeAll: {path: ./, relativeToChangelogFile: true, endsWithFilter: .sql}
        """);
    sluice.run();
    assertThat(EmbeddedLiquibase.pending(database, inside, "root.yaml")).isEmpty();
    EmbeddedLiquibase.update(database, inside, "root.yaml");
    changelog.with("db/R__views.sql", "create or replace view v as select 1 as one, 2 as two;");
    assertThat(sluice.run().report().applied()).hasSize(1);
    assertThat(EmbeddedLiquibase.pending(database, inside, "root.yaml")).isEmpty();
  }

  /** Flyway knows a migration by its version. */
  @Test
  void aFileWithAnotherNameOrInAnotherFolderIsTheSameMigration() {
    sluice.run();
    changelog.without("db/V1__users.sql");
    changelog.without("db/R__views.sql");
    changelog
        .with(
            "db/old/V01.0__people.sql",
            "create table users (id int);\ninsert into users values (1);")
        .with("db/R/R__views.sql", "create or replace view v as select 1 as one;");
    var ran = sluice.run();
    assertThat(ran.exit()).isZero();
    assertThat(ran.report().applied()).isEmpty();
  }
}
