package dev.sluice.migrations.cli;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.TestServer;
import dev.sluice.migrations.engine.PlainLiquibase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of drizzle-kit, run as it is. */
class DrizzleIT {
  /** As drizzle-orm makes it. */
  private static final String HISTORY =
      """
      create schema drizzle;
      create table drizzle.__drizzle_migrations (
        id serial primary key, hash text not null, created_at bigint);
      """;

  @TempDir Path folder;
  private TestDatabase database;
  private TestChangelog changelog;
  private Sluice sluice;

  @BeforeEach
  void twoMigrations() {
    database = TestServer.shared().database();
    changelog =
        new TestChangelog(folder)
            .drizzle("drizzle", "0000_users", "0001_orders")
            .with(
                "drizzle/0000_users.sql", "CREATE TABLE users (id int);--> statement-breakpoint\n")
            .with(
                "drizzle/0001_orders.sql",
                "create table orders (j jsonb); select j ? 'a' from orders");
    sluice = new Sluice(database, changelog).with("SLUICE_CHANGELOG", "drizzle");
  }

  private void third(String sql) {
    changelog
        .drizzle("drizzle", "0000_users", "0001_orders", "0002_third")
        .with("drizzle/0002_third.sql", sql);
  }

  @Test
  void appliesWhatIsPending() {
    var ran = sluice.run();
    assertThat(ran.exit()).isZero();
    assertThat(ran.report().applied())
        .containsExactly(
            "drizzle/0000_users.sql::raw::includeAll", "drizzle/0001_orders.sql::raw::includeAll");
    assertThat(ran.report().counts()).hasToString("Counts[total=2, pending=0, skipped=0]");
    assertThat(ran.report().revisions()).containsExactly("1.0");
    assertThat(ran.output()).contains("WARNING drizzle/sluice.sum isn't there");
    assertThat(database.has("orders")).isTrue();
    third("create table third (i int)");
    assertThat(sluice.run().report().applied())
        .containsExactly("drizzle/0002_third.sql::raw::includeAll");
  }

  @Test
  void loadsLiquibaseNeitherAtFirstNorLater() throws Exception {
    for (var outcome : new String[] {"Applied", "NothingPending"}) {
      var log = folder.resolveSibling(folder.getFileName() + outcome + ".log");
      var process = sluice.start(log, "-Xlog:class+load");
      assertThat(process.waitFor()).isZero();
      var output = Files.readString(log);
      assertThat(output).contains(outcome).contains("dev.sluice.migrations.engine.Run ");
      assertThat(output).doesNotContain("liquibase.").doesNotContain("LiquibaseEngine ");
    }
  }

  /** One transaction made both the table and its rows. */
  @Test
  void commitsAMigrationTogetherWithItsRows() {
    database.execute(HISTORY);
    sluice.run();
    var table = database.query("select xmin from pg_class where relname = 'users'");
    assertThat(
            database.query("select xmin from databasechangelog where filename like '%users.sql'"))
        .isEqualTo(table);
    assertThat(database.query("select xmin from drizzle.__drizzle_migrations where id = 1"))
        .isEqualTo(table);
  }

  @Test
  void rollsAFailedMigrationBackAndNamesIt() {
    database.execute(HISTORY);
    third("create table third (i int);--> statement-breakpoint\ncreate table users (i int);");
    var ran = sluice.run();
    assertThat(ran.exit()).isEqualTo(20);
    assertThat(ran.reason()).isEqualTo("ChangeSetFailed");
    assertThat(ran.failure().sqlState()).isEqualTo("42P07");
    assertThat(ran.failure().changeSet()).isEqualTo("drizzle/0002_third.sql::raw::includeAll");
    assertThat(ran.report().applied()).hasSize(2);
    assertThat(ran.report().counts()).hasToString("Counts[total=3, pending=1, skipped=0]");
    assertThat(database.has("third")).isFalse();
    assertThat(database.query("select count(*) from drizzle.__drizzle_migrations"))
        .containsExactly("2");
    third("create table third (i int)");
    assertThat(sluice.run().report().applied()).hasSize(1);
  }

  @Test
  void aFailureAtCommitIsTheMigrations() {
    third(
        """
        create table p (i int primary key);
        create table c (i int references p deferrable initially deferred);
        insert into c values (1);
        """);
    var ran = sluice.run();
    assertThat(ran.failure().sqlState()).isEqualTo("23503");
    assertThat(ran.failure().changeSet()).contains("0002_third");
    assertThat(database.has("p")).isFalse();
  }

  @Test
  void aRowThatTheLedgerRefusesTakesItsMigrationWithIt() {
    sluice.run();
    database.execute(
        """
        create function refused() returns trigger language plpgsql as $$
          begin raise exception 'no'; end $$;
        create trigger refused before insert on databasechangelog execute function refused();
        """);
    third("create table third (i int)");
    var ran = sluice.run();
    assertThat(ran.exit()).isEqualTo(20);
    assertThat(ran.failure().changeSet()).contains("0002_third");
    assertThat(database.has("third")).isFalse();
  }

  /** After five uses the driver keeps a statement prepared on the server. */
  @Test
  void migrationsMayForgetWhatIsPrepared() {
    var names = IntStream.range(0, 12).mapToObj("%04d_t"::formatted).toArray(String[]::new);
    changelog.drizzle("drizzle", names);
    for (var name : names) {
      changelog.with(
          "drizzle/" + name + ".sql", "create table t%s (); deallocate all".formatted(name));
    }
    assertThat(sluice.run().report().applied()).hasSize(12);
  }

  @Test
  void namesAMigrationThatWasEdited() {
    sluice.run();
    changelog.with("drizzle/0000_users.sql", "CREATE TABLE users (id bigint);");
    third("create table third (i int)");
    var ran = sluice.run();
    assertThat(ran.exit()).isEqualTo(20);
    assertThat(ran.reason()).isEqualTo("ChecksumMismatch");
    assertThat(ran.failure().file()).isEqualTo("drizzle/0000_users.sql");
    assertThat(database.has("third")).isFalse();
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
    assertThat(ran.output()).contains("WARNING drizzle/0001_orders.sql: is applied");
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
        .containsExactly("drizzle/0000_between.sql::raw::includeAll");
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

  @Test
  void writesTheHistoryOfDrizzleWhereItIs() {
    database.execute(HISTORY);
    sluice.run();
    assertThat(database.query("select hash || ' ' || created_at from drizzle.__drizzle_migrations"))
        .hasSize(2)
        .last()
        .asString()
        .matches("[0-9a-f]{64} 1700000001000");
  }

  @Test
  void writesTheHistoryOfVersionOneToo() {
    database.execute(
        HISTORY
            + "alter table drizzle.__drizzle_migrations add name text,"
            + " add applied_at timestamptz default now()");
    changelog.with("v1/20240101000000_a/migration.sql", "create table a (i int)");
    assertThat(sluice.with("SLUICE_CHANGELOG", "v1").run().exit()).isZero();
    assertThat(
            database.query(
                "select concat_ws(' ', created_at, name, applied_at is not null)"
                    + " from drizzle.__drizzle_migrations"))
        .containsExactly("1704067200000 20240101000000_a t");
  }

  @Test
  void makesNoHistoryOfDrizzle() {
    sluice.run();
    assertThat(database.has("drizzle.__drizzle_migrations")).isFalse();
  }

  @Test
  void refusesAHistoryThatOursLacks() {
    database.execute(
        HISTORY
            + "insert into drizzle.__drizzle_migrations (hash, created_at)"
            + " values ('x', 1700000000000)");
    var ran = sluice.run();
    assertThat(ran.exit()).isEqualTo(30);
    assertThat(ran.reason()).isEqualTo("ForeignHistory");
    assertThat(ran.message()).contains("drizzle.__drizzle_migrations").contains("0000_users.sql");
    assertThat(database.has("users")).isFalse();
  }

  @Test
  void liquibaseAcceptsTheLedger() throws Exception {
    changelog.with(
        "root.yaml",
        """
        databaseChangeLog:
        - includeAll: {path: drizzle, endsWithFilter: .sql}
        """);
    sluice.run();
    assertThat(PlainLiquibase.pending(database, changelog, "root.yaml")).isEmpty();
    PlainLiquibase.update(database, changelog, "root.yaml");
    assertThat(database.query("select count(*) from databasechangelog")).containsExactly("2");
    assertThat(database.query("select md5sum like '9:%' from databasechangelog")).containsOnly("t");
    assertThat(sluice.run().report().outcome().label()).isEqualTo("NothingPending");
    third("create table third (i int)");
    assertThat(sluice.run().report().applied()).hasSize(1);
    assertThat(PlainLiquibase.pending(database, changelog, "root.yaml")).isEmpty();
  }

  @Test
  void goesOnWhereLiquibaseIncludedTheFolder() throws Exception {
    changelog.with(
        "root.yaml",
        """
        databaseChangeLog:
        - includeAll: {path: drizzle, endsWithFilter: .sql}
        """);
    // Liquibase takes the question mark for a parameter
    changelog.with("drizzle/0001_orders.sql", "create table orders (id int)");
    PlainLiquibase.update(database, changelog, "root.yaml");
    var ran = sluice.run();
    assertThat(ran.exit()).isZero();
    assertThat(ran.report().applied()).isEmpty();
  }

  /** Carriage returns, a byte order mark, question marks, brackets of JDBC: nothing is read in. */
  @Test
  void sendsTextAsItIs() {
    third(
        """
        \uFEFFcreate function f() returns text language sql
          as $$ select E'a\r
        b {d ''x''} ?' $$;\r
        --> statement-breakpoint\r
        \r
        -- only a comment\r
        """);
    assertThat(sluice.run().exit()).isZero();
    assertThat(
            database.query(
                "select prosrc like '%a' || chr(13) || chr(10) || 'b {d %' from pg_proc where"
                    + " proname = 'f'"))
        .containsExactly("t");
  }

  /** The server sees the chunk as one message, semicolons and all. */
  @Test
  void splitsNothing() {
    var sql =
        "select ';' ;\r\ncreate table sent as"
            + " select query from pg_stat_activity where pid = pg_backend_pid()";
    third(sql);
    assertThat(sluice.run().exit()).isZero();
    assertThat(database.query("select query from sent")).containsExactly(sql);
  }

  @Test
  void aSearchPathThatAMigrationEmptiedDoesNotHarmTheLedger() {
    third("select pg_catalog.set_config('search_path', '', false)");
    assertThat(sluice.run().exit()).isZero();
    assertThat(sluice.run().report().outcome().label()).isEqualTo("NothingPending");
  }

  @Test
  void liquibaseAcceptsTheLedgerOfVersionOne() throws Exception {
    changelog
        .with("v1/20240101000000_a/migration.sql", "create table a (i int)")
        .with("v1/20240102000000_b/migration.sql", "create table b (i int)")
        .with(
            "root.yaml",
            """
            databaseChangeLog:
            - includeAll: {path: v1, endsWithFilter: .sql}
            """);
    sluice.with("SLUICE_CHANGELOG", "v1").run();
    assertThat(PlainLiquibase.pending(database, changelog, "root.yaml")).isEmpty();
    PlainLiquibase.update(database, changelog, "root.yaml");
    assertThat(database.query("select count(*) from databasechangelog")).containsExactly("2");
  }

  /** Killed at a random point, again and again: both histories and the tables agree. */
  @Test
  void killedAtAnyPointEachMigrationIsThereExactlyOnce() throws Exception {
    database.execute(HISTORY);
    var tags = IntStream.rangeClosed(1, 12).mapToObj("t%d"::formatted).toArray(String[]::new);
    changelog.drizzle("drizzle", tags);
    for (var tag : tags) {
      changelog.with(
          "drizzle/" + tag + ".sql",
          "create table %1$s (i int);%2$sselect pg_sleep(0.05);%2$sinsert into %1$s values (1)"
              .formatted(tag, "--> statement-breakpoint\n"));
    }
    var random = new Random(42);
    var log = folder.resolveSibling(folder.getFileName() + ".log");
    for (var kill = 0; kill < 4; kill++) {
      var process = sluice.start(log);
      var before = ledgerRows();
      await().atMost(ofSeconds(60)).until(() -> !process.isAlive() || ledgerRows() > before);
      Thread.sleep(random.nextInt(150));
      process.destroyForcibly().waitFor();
    }
    assertThat(sluice.start(log).waitFor()).isZero();
    assertThat(ledgerRows()).isEqualTo(12);
    assertThat(database.query("select count(*) from drizzle.__drizzle_migrations"))
        .containsExactly("12");
    for (var tag : tags) {
      assertThat(database.query("select count(*) from " + tag)).containsExactly("1");
    }
  }

  private int ledgerRows() {
    return database.has("databasechangelog")
        ? Integer.parseInt(database.query("select count(*) from databasechangelog").getFirst())
        : 0;
  }

  @Test
  void oneOfTwoRunsWaitsAndFindsNothingToDo() throws Exception {
    third("select pg_sleep(1); create table third (i int)");
    var log = folder.resolveSibling(folder.getFileName() + ".log");
    var one = sluice.start(log);
    var two = sluice.start(log);
    assertThat(one.waitFor()).isZero();
    assertThat(two.waitFor()).isZero();
    assertThat(ledgerRows()).isEqualTo(3);
    assertThat(Files.readString(log)).contains("\"NothingPending\"").contains("\"Applied\"");
  }

  @Test
  void refusesContexts() {
    assertThat(sluice.with("SLUICE_CONTEXTS", "prod").run().exit()).isEqualTo(40);
  }
}
