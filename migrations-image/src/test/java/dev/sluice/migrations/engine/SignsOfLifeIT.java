package dev.sluice.migrations.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.TestServer;
import dev.sluice.migrations.credentials.CredentialSource;
import dev.sluice.migrations.credentials.Credentials;
import dev.sluice.migrations.database.Attempt;
import dev.sluice.migrations.database.Destination;
import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.database.SessionSettings;
import dev.sluice.migrations.database.TlsSettings;
import dev.sluice.migrations.event.RunEvent;
import dev.sluice.migrations.postgres.Connector;
import dev.sluice.migrations.postgres.Sql;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What is said of a long changeset; here every 200 ms. */
class SignsOfLifeIT {
  private static final Duration OFTEN = Duration.ofMillis(200);
  private static final RunEvent BEGAN = new RunEvent.Began(1, 2, "V1__a");

  private final TestDatabase database = TestServer.shared().database();
  private final List<RunEvent> heard = new CopyOnWriteArrayList<>();

  @FunctionalInterface
  private interface Work {
    void on(Session session) throws SQLException;
  }

  private ConnectionRequest request(String user) {
    CredentialSource login =
        () -> new CredentialSource.Reading.Found(Credentials.login(user, "canary"));
    var destination =
        new Destination(
            "localhost",
            database.server().port(),
            database.name(),
            TlsSettings.PREFER,
            "sluice/test",
            SessionSettings.DEFAULT);
    return new ConnectionRequest(destination, login);
  }

  private void during(ConnectionRequest lookedBy, Work work) throws SQLException {
    var own = request(TestServer.USER);
    var connector = new Connector(own.destination(), own.credentials(), _ -> {});
    if (!(connector.connect() instanceof Attempt.Got<Session>(var opened))) {
      throw new IllegalStateException();
    }
    try (var session = opened;
        var signs = SignsOfLife.of(session, lookedBy, heard::add, OFTEN)) {
      signs.on(BEGAN);
      work.on(session);
      signs.on(new RunEvent.Ended(1, 2, "V1__a", "", Duration.ZERO));
    }
  }

  private List<String> said() {
    return heard.stream()
        .filter(RunEvent.StillRunning.class::isInstance)
        .map(event -> ((RunEvent.StillRunning) event).activity())
        .toList();
  }

  private int sessions() {
    return database
        .query("select 1 from pg_stat_activity where application_name = 'sluice/test'")
        .size();
  }

  @Test
  void whatItWaitsForAndWhoHoldsIt() throws Exception {
    database.execute("create table secret_less (i int)");
    try (var holder = database.connect()) {
      holder.setAutoCommit(false);
      Sql.execute(holder, "set application_name = 'the web shop'; lock table secret_less");
      during(
          request(TestServer.USER),
          session -> {
            var waiting =
                Thread.ofPlatform()
                    .start(() -> {
                      try {
                        Sql.execute(
                            session.connection(),
                            "set lock_timeout = 0; alter table secret_less add column c text"
                                + " default 'canary'");
                      } catch (SQLException e) {
                        throw new IllegalStateException(e);
                      }
                    });
            await().until(() -> said().stream().anyMatch(words -> words.startsWith("waits for")));
            holder.rollback();
            join(waiting);
          });
    }
    assertThat(said().stream().filter(words -> !words.isEmpty()).findFirst().orElseThrow())
        .matches(
            "waits for AccessExclusiveLock on secret_less, held by pid \\d+ \\(user postgres,"
                + " application the web shop, idle in transaction, query began \\d+ s ago,"
                + " transaction began \\d+ s ago\\)")
        .doesNotContain("canary");
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void howFarAnIndexIs() throws Exception {
    database.execute(
        "create table t as select i, md5(i::text) v from generate_series(1, 1500000) i");
    during(
        request(TestServer.USER),
        session -> Sql.execute(session.connection(), "create index i on t (v, (v || v))"));
    assertThat(said().stream().filter(words -> words.startsWith("index on t: building index")))
        .isNotEmpty();
  }

  @Test
  void onASessionThatIsThereOnlyThen() throws Exception {
    during(
        request(TestServer.USER),
        session -> {
          assertThat(sessions()).isEqualTo(1);
          await().until(() -> !said().isEmpty());
          assertThat(sessions()).isEqualTo(2);
        });
    await().until(() -> sessions() == 0);
    assertThat(said().getFirst()).isEmpty();
  }

  @Test
  void lessWhereThatCannotBeHad() throws Exception {
    during(
        request("nobody_by_that_name"),
        session -> {
          Sql.execute(session.connection(), "select pg_sleep(0.7)");
          assertThat(sessions()).isEqualTo(1);
        });
    assertThat(said()).isNotEmpty().containsOnly("");
  }

  @Test
  void nothingOfAShortOne() throws Exception {
    during(request(TestServer.USER), session -> {});
    assertThat(heard).hasSize(2);
  }
}
