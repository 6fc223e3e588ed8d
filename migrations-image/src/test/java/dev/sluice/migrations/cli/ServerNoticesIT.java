package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the server says beside its answers is in the log, and only there. */
class ServerNoticesIT {
  private static final String SAYS =
      "do $$ begin raise notice 'hello %%', 1; raise warning 'beware of %s'; end $$;"
          .formatted(TestServer.SCRAM_PASSWORD);

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestChangelog changelog = fixture.changelog();
  private final TestRunner folder = fixture.runner().with("SLUICE_CHANGELOG", "db");
  private final TestRunner liquibase = fixture.runner();

  private static void isSaid(TestRunner.Ran ran) {
    assertThat(ran.exit()).isZero();
    assertThat(ran.output()).contains("server: hello 1", "server warning: beware of ***");
    assertThat(ran.report().toString()).doesNotContain("hello");
  }

  @Test
  void ofAFolder() {
    changelog.with("db/V1__a.sql", SAYS);
    isSaid(folder.run());
  }

  @Test
  void outsideOfATransaction() {
    changelog.with("db/V1__a.sql", "-- sluice:no-transaction\n" + SAYS);
    isSaid(folder.run());
  }

  @Test
  void ofAChangelog() {
    changelog.sql("--changeset a:1 splitStatements:false\n" + SAYS);
    isSaid(liquibase.run());
  }

  @Test
  void ofATriggerWhileDataIsCopied() {
    changelog.with(
        "db/V1__a.sql",
        """
        create table t (i int);
        create function says() returns trigger language plpgsql as
          $$ begin raise notice 'row %', new.i; return new; end $$;
        create trigger says before insert on t for each row execute function says();
        copy t from stdin;
        7
        8
        \\.
        """);
    assertThat(folder.run().output()).contains("server: row 7", "server: row 8");
  }

  @Test
  void theFirstOfEachAndTheOthersCounted() {
    changelog.with(
        "db/V1__a.sql",
        "do $$ begin for i in 1..1000 loop raise notice '% %', i, repeat('x', 600); end loop; end"
            + " $$");
    changelog.with("db/V2__b.sql", "do $$ begin raise notice 'the next'; end $$");
    var ran = folder.run();
    assertThat(ran.output())
        .contains("server: 1 xx", "server: 50 xx", "and 950 more notices", "server: the next")
        .doesNotContain("server: 51 x", "x".repeat(501));
  }

  @Test
  void beforeAFailure() {
    changelog.with("db/V1__a.sql", "do $$ begin raise notice 'so far'; end $$; select 1/0");
    assertThat(folder.run().output()).contains("server: so far");
  }
}
