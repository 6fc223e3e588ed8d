package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.TestServer;
import dev.sluice.migrations.report.Exit;
import dev.sluice.migrations.report.RehearsalVerdict;
import dev.sluice.migrations.report.RehearsalVerdict.Result;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Rehearsals on servers of the user's own. */
final class RehearsalServersIT {
  @TempDir Path scratch;

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestRunner runner =
      fixture.runner().with("SLUICE_CHANGELOG", "db").with("SLUICE_REHEARSAL", "Enforce");

  RehearsalServersIT() {
    fixture.changelog().with("db/V1__customers.sql", "create table customers (id int primary key)");
  }

  private static RehearsalVerdict verdict(TestRunner.Ran ran) {
    return Objects.requireNonNull(ran.report().rehearsal(), "it wasn't rehearsed");
  }

  private void kept(TestDatabase clone) throws IOException {
    var url = scratch.resolve("url");
    Files.writeString(
        url,
        "postgresql://%s:%s@localhost:%d/%s?sslmode=disable"
            .formatted(
                TestServer.USER, TestServer.SCRAM_PASSWORD, clone.server().port(), clone.name()));
    runner.with("SLUICE_REHEARSAL_URL_FILE", url.toString());
  }

  @Test
  void aDatabaseThatIsKeptForItIsCopied() throws IOException {
    var clone = TestServer.shared().database();
    clone.execute("create table accounts (id int); insert into accounts values (0)");
    database.execute("create table accounts (id int)");
    fixture.changelog().with("db/V2__share.sql", "select 1/id from accounts");
    kept(clone);
    var ran = runner.run();
    assertThat(ran.report().exit()).isEqualTo(Exit.REFUSED);
    assertThat(ran.failure().sqlState()).isEqualTo("22012");
    assertThat(verdict(ran).postgres()).contains(", database " + clone.name() + " at localhost");
    assertThat(database.has("customers")).isFalse();
    assertThat(clone.has("customers")).as("the kept one itself").isFalse();
    assertThat(
            clone.query("select datname from pg_database where datname like 'sluice_rehearsal_%'"))
        .as("copies left")
        .isEmpty();
  }

  @Test
  void aDatabaseThatIsKeptForItNeedNotHaveTheRowsThatFail() throws IOException {
    kept(TestServer.shared().database());
    var ran = runner.run();
    assertThat(ran.report().exit()).isEqualTo(Exit.SUCCESS);
    assertThat(verdict(ran).result()).isEqualTo(Result.PASSED);
  }

  @Test
  void aServerBesideTheRunIsGivenTheRolesOfTheDatabase() throws IOException, SQLException {
    database.execute(
        "do $$ begin if to_regrole('rehearsal_owner') is null then create role rehearsal_owner;"
            + " end if; end $$");
    fixture.changelog().with("db/V2__own.sql", "alter table customers owner to rehearsal_owner");
    try (var beside = EmbeddedPostgres.builder().start();
        var first = beside.getPostgresDatabase().getConnection();
        var maker = first.createStatement()) {
      maker.execute("create role sluice_rehearsal superuser login");
      // the role of the migrations has that name, and is no superuser there
      try (var other = beside.getDatabase("sluice_rehearsal", "postgres").getConnection();
          var renamer = other.createStatement()) {
        renamer.execute("alter role postgres rename to bootstrap");
      }
      var url =
          "postgresql://sluice_rehearsal@localhost:%d/postgres?sslmode=disable"
              .formatted(beside.getPort());
      var ran = runner.with("SLUICE_REHEARSAL_URL", url).run();
      assertThat(verdict(ran).result()).isEqualTo(Result.PASSED);
      assertThat(verdict(ran).skipped()).isEmpty();
    }
  }
}
