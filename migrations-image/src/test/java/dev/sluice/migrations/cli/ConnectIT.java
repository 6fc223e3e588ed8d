package dev.sluice.migrations.cli;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.TestServer;
import dev.sluice.migrations.credentials.FakeSecretsManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The way to the database. */
class ConnectIT {
  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  @TempDir Path secret;
  private final TestDatabase database = fixture.database();
  private final TestRunner sluice = fixture.runner();

  @BeforeEach
  void twoTables() {
    fixture.changelog().with("root.sql", TestChangelog.TWO_TABLES);
  }

  @Test
  void waitsForADatabaseThatComesLate() throws Exception {
    var late = database.name() + "_late";
    try (var pool = Executors.newSingleThreadExecutor()) {
      var run = pool.submit(() -> sluice.with("PGDATABASE", late).run());
      Thread.sleep(1500);
      database.execute("create database " + late);
      assertThat(run.get().exit()).isZero();
      assertThat(run.get().output())
          .containsOnlyOnce("waiting: database \"" + late + "\" does not exist");
    }
  }

  @Test
  void waitsForAnUnreachableServerUntilTheDeadline() {
    var ran = sluice.with("PGPORT", "1").with("SLUICE_DEADLINE", "2s").run();
    assertThat(ran.exit()).isEqualTo(11);
    assertThat(ran.report().outcome().label()).isEqualTo("Waited");
    assertThat(ran.reason()).isEqualTo("DatabaseUnreachable");
    assertThat(ran.message()).contains("refused");
  }

  @Test
  void waitsForAnUnknownHostUntilTheDeadline() {
    var ran = sluice.with("PGHOST", "no-such-host.invalid").with("SLUICE_DEADLINE", "2s").run();
    assertThat(ran.exit()).isEqualTo(11);
    assertThat(ran.message()).contains("no-such-host.invalid");
  }

  @Test
  void waitsForAPasswordThatIsBeingRotated() throws Exception {
    Files.writeString(secret.resolve("username"), TestServer.SCRAM_USER + "\n");
    Files.writeString(secret.resolve("password"), "the old one");
    database.execute("grant all on schema public to public");
    try (var pool = Executors.newSingleThreadExecutor()) {
      var run =
          pool.submit(() ->
              sluice
                  .without("PGUSER")
                  .without("PGPASSWORD")
                  .with("SLUICE_CREDENTIALS", secret.toString())
                  .run());
      Thread.sleep(1500);
      Files.writeString(secret.resolve("password"), TestServer.SCRAM_PASSWORD + "\n");
      assertThat(run.get().exit()).isZero();
      assertThat(run.get().output()).containsOnlyOnce("waiting: password authentication failed");
    }
  }

  @Test
  void namesAKeyThatTheSecretLacks() throws Exception {
    Files.writeString(secret.resolve("user"), "x");
    var ran = sluice.with("SLUICE_CREDENTIALS", secret.toString()).run();
    assertThat(ran.exit()).isEqualTo(40);
    assertThat(ran.reason()).isEqualTo("SecretKeyMissing");
    assertThat(ran.message()).contains("\"username\"").contains("it has user");
  }

  @Test
  void waitsWhileTheServerHasNoConnectionLeft() throws Exception {
    var role = "lonely_" + database.name();
    database.execute(
        "create role " + role + " login connection limit 0; grant all on schema public to public");
    try (var pool = Executors.newSingleThreadExecutor()) {
      var run = pool.submit(() -> sluice.with("PGUSER", role).run());
      Thread.sleep(1500);
      database.execute("alter role " + role + " connection limit 5");
      assertThat(run.get().exit()).isZero();
      assertThat(run.get().output()).contains("waiting: too many connections");
    }
  }

  @Test
  void setsTheSessionUp() throws Exception {
    var changelog =
        fixture
            .changelog()
            .sql(
                """
                --changeset ann:1
                create table s as select name, setting from pg_settings;
                --changeset ann:2
                select 1;
                """);
    assertThat(changelog.root()).exists();
    sluice.with("SLUICE_LOCK_TIMEOUT", "7s").with("PGAPPNAME", "sluice/shop/x/1.0").run();
    assertThat(
            database.query(
                """
                select name || '=' || setting from s where name in ('lock_timeout', 'application_name',
                  'client_connection_check_interval', 'tcp_user_timeout', 'statement_timeout') order by 1
                """))
        .containsExactly(
            "application_name=sluice/shop/x/1.0",
            "client_connection_check_interval=500",
            "lock_timeout=7000",
            "statement_timeout=0",
            "tcp_user_timeout=25000");
  }

  @Test
  void isTransientWhenTheServerEndsTheSession() throws Exception {
    fixture
        .changelog()
        .sql(
            """
            --changeset ann:1
            select pg_sleep(60);
            """);
    try (var pool = Executors.newSingleThreadExecutor()) {
      var run = pool.submit(sluice::run);
      var running =
          "from pg_stat_activity where datname = current_database() and state = 'active' and query"
              + " like 'select pg_sleep%'";
      await().atMost(ofSeconds(90)).until(() -> !database.query("select 1 " + running).isEmpty());
      database.query("select pg_terminate_backend(pid) " + running);
      assertThat(run.get().exit()).isEqualTo(10);
      assertThat(run.get().failure().sqlState()).isEqualTo("57P01");
    }
  }

  @Test
  void takesUserHostAndDatabaseFromAnAwsSecret() throws Exception {
    System.setProperty("aws.accessKeyId", "key");
    System.setProperty("aws.secretAccessKey", "secret");
    database.execute("grant all on schema public to public");
    try (var aws = new FakeSecretsManager()) {
      aws.secret(
          "{\"engine\":\"postgres\",\"host\":\"localhost\",\"port\":\"%d\",\"username\":\"%s\",\"password\":\"%s\",\"dbname\":\"%s\"}"
              .formatted(
                  database.server().port(),
                  TestServer.SCRAM_USER,
                  TestServer.SCRAM_PASSWORD,
                  database.name()));
      var ran =
          sluice
              .without("PGHOST")
              .without("PGPORT")
              .without("PGDATABASE")
              .without("PGUSER")
              .with("SLUICE_AWS_SECRET_ID", "shop/db")
              .with("AWS_REGION", "eu-west-1")
              .with("AWS_ENDPOINT_URL", aws.address().toString())
              .run();
      assertThat(ran.exit()).isZero();
      assertThat(ran.output()).contains("version v-1");
    }
  }

  /** The server has the new password some seconds before the secret says so. */
  @Test
  void readsAnAwsSecretAnewWhileItIsRotated() throws Exception {
    System.setProperty("aws.accessKeyId", "key");
    System.setProperty("aws.secretAccessKey", "secret");
    database.execute("grant all on schema public to public");
    var login = "{\"username\":\"%s\",\"password\":\"%s\"}";
    try (var aws = new FakeSecretsManager();
        var pool = Executors.newSingleThreadExecutor()) {
      aws.secret(login.formatted(TestServer.SCRAM_USER, "the old one"));
      var run =
          pool.submit(() ->
              sluice
                  .without("PGUSER")
                  .with("SLUICE_AWS_SECRET_ID", "shop/db")
                  .with("AWS_REGION", "eu-west-1")
                  .with("AWS_ENDPOINT_URL", aws.address().toString())
                  .run());
      await().atMost(ofSeconds(60)).until(() -> aws.requests().size() >= 2);
      aws.secret(login.formatted(TestServer.SCRAM_USER, TestServer.SCRAM_PASSWORD));
      assertThat(run.get().exit()).isZero();
      assertThat(run.get().output()).containsOnlyOnce("waiting: password authentication failed");
    }
  }

  @Test
  void waitsForSecretsManagerThatThrottles() throws Exception {
    System.setProperty("aws.accessKeyId", "key");
    System.setProperty("aws.secretAccessKey", "secret");
    try (var aws = new FakeSecretsManager()) {
      aws.answer(400, "{\"__type\":\"ThrottlingException\",\"message\":\"Rate exceeded\"}");
      var ran =
          sluice
              .without("PGUSER")
              .with("SLUICE_AWS_SECRET_ID", "shop/db")
              .with("AWS_REGION", "eu-west-1")
              .with("AWS_ENDPOINT_URL", aws.address().toString())
              .with("SLUICE_DEADLINE", "3s")
              .run();
      assertThat(ran.exit()).isEqualTo(11);
      assertThat(ran.reason()).isEqualTo("SecretUnreadable");
      assertThat(ran.message()).contains("ThrottlingException: Rate exceeded");
      assertThat(ran.output()).containsOnlyOnce("waiting: AWS Secrets Manager");
    }
  }
}
