package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.report.ChangeSetCounts;
import java.nio.file.Files;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A folder of drizzle-kit, run as it is. */
class DrizzleIT {
  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog = fixture.changelog().twoOfDrizzle();
  private final TestRunner sluice = fixture.runner().with("SLUICE_CHANGELOG", "drizzle");

  @Test
  void appliesWhatIsPending() {
    var ran = sluice.run();
    assertThat(ran.exit()).isZero();
    assertThat(ran.report().applied()).containsExactly("0000_users", "0001_orders");
    assertThat(ran.report().counts()).isEqualTo(new ChangeSetCounts(2, 0, 0));
    assertThat(ran.report().revisions()).containsExactly("1.0");
    assertThat(ran.output()).doesNotContain("sluice.sum");
    assertThat(database.has("orders")).isTrue();
    changelog.thirdOfDrizzle("create table third (i int)");
    assertThat(sluice.run().report().applied()).containsExactly("0002_third");
  }

  @Test
  void loadsLiquibaseNeitherAtFirstNorLater() throws Exception {
    for (var outcome : new String[] {"Applied", "NothingPending"}) {
      var log = changelog.root().resolveSibling(changelog.root().getFileName() + outcome + ".log");
      var process = sluice.start(log, "-Xlog:class+load");
      assertThat(process.waitFor()).isZero();
      var output = Files.readString(log);
      assertThat(output).contains(outcome).contains("dev.sluice.migrations.engine.Run ");
      assertThat(output).doesNotContain("liquibase.").doesNotContain("LiquibaseEngine ");
    }
  }

  @Test
  void aFailureAtCommitIsTheMigrations() {
    changelog.thirdOfDrizzle(
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
    changelog.thirdOfDrizzle("create table third (i int)");
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

  /** Carriage returns, a byte order mark, question marks, brackets of JDBC: nothing is read in. */
  @Test
  void sendsTextAsItIs() {
    changelog.thirdOfDrizzle(
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

  /** The server sees a migration as one message, named by its file, semicolons and all. */
  @Test
  void splitsNothing() {
    var sql =
        "select ';' ;\r\ncreate table sent as"
            + " select query from pg_stat_activity where pid = pg_backend_pid()";
    changelog.thirdOfDrizzle(sql);
    assertThat(sluice.run().exit()).isZero();
    assertThat(database.query("select query from sent").getFirst())
        .startsWith("-- drizzle/0002_third.sql\n")
        .contains(";\n" + sql + "\n;\n");
  }

  @Test
  void aSearchPathThatAMigrationEmptiedDoesNotHarmTheLedger() {
    changelog.thirdOfDrizzle("select pg_catalog.set_config('search_path', '', false)");
    assertThat(sluice.run().exit()).isZero();
    assertThat(sluice.run().report().outcome().label()).isEqualTo("NothingPending");
  }

  @Test
  void refusesContexts() {
    assertThat(sluice.with("SLUICE_CONTEXTS", "prod").run().exit()).isEqualTo(40);
  }
}
