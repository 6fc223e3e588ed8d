package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A Secret that holds the database in one URL. */
class UrlIT {
  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  @TempDir Path secret;
  private final TestDatabase database = fixture.database();
  private TestRunner sluice;

  @BeforeEach
  void onlyAUrl() {
    database.execute("grant all on schema public to public");
    fixture.changelog().with("root.sql", TestChangelog.TWO_TABLES);
    sluice =
        fixture
            .runner()
            .without("PGHOST")
            .without("PGPORT")
            .without("PGDATABASE")
            .without("PGUSER")
            .without("PGPASSWORD")
            .with("SLUICE_CREDENTIALS", secret.toString())
            .with("SLUICE_URL_KEY", "uri");
  }

  private void url(String host, int port, String rest) throws IOException {
    var login = TestServer.SCRAM_USER + ":" + TestServer.SCRAM_PASSWORD;
    Files.writeString(
        secret.resolve("uri"),
        "postgresql://" + login + "@" + host + ":" + port + "/" + rest + "\n");
  }

  @Test
  void saysAllThereIsToSay() throws Exception {
    url("localhost", database.server().port(), database.name() + "?sslmode=disable");
    assertThat(sluice.run().exit()).isZero();
    assertThat(database.query("select tableowner from pg_tables where tablename = 'orders'"))
        .containsExactly(TestServer.SCRAM_USER);
  }

  @Test
  void isOverruledByTheSpec() throws Exception {
    url("elsewhere.invalid", 1, "no-such-database?sslmode=verify-full");
    var ran =
        sluice
            .with("PGHOST", "localhost")
            .with("PGPORT", String.valueOf(database.server().port()))
            .with("PGDATABASE", database.name())
            .with("PGSSLMODE", "disable")
            .run();
    assertThat(ran.exit()).isZero();
    assertThat(database.has("orders")).isTrue();
  }

  /** The server has no TLS. */
  @Test
  void meansVerifyFullUnlessItSaysOtherwise() throws Exception {
    url("localhost", database.server().port(), database.name());
    assertThat(sluice.run().reason()).isEqualTo("TlsFailed");
  }

  @Test
  void isRefusedWithTheNameOfAParameterAndNoValue() throws Exception {
    url("localhost", database.server().port(), database.name() + "?sslmode=disable&options=canary");
    var ran = sluice.run();
    assertThat(ran.exit()).isEqualTo(40);
    assertThat(ran.reason()).isEqualTo("SecretInvalid");
    assertThat(ran.message()).contains("parameter options");
    assertThat(ran.output()).doesNotContain("canary");
  }

  @Test
  void isRefusedWithAModeThatThereIsNot() throws Exception {
    url("localhost", database.server().port(), database.name() + "?sslmode=allow");
    var ran = sluice.run();
    assertThat(ran.reason()).isEqualTo("SecretInvalid");
    assertThat(ran.message()).contains("sslmode must be disable, prefer");
  }

  @Test
  void isRefusedWithAHostThatIsMore() throws Exception {
    url("localhost%3Fsslmode=disable&x", database.server().port(), database.name());
    var ran = sluice.run();
    assertThat(ran.reason()).isEqualTo("SecretInvalid");
    assertThat(ran.message()).contains("host");
  }

  @Test
  void namesAKeyThatTheSecretLacks() throws Exception {
    Files.writeString(secret.resolve("url"), "canary");
    var ran = sluice.run();
    assertThat(ran.reason()).isEqualTo("SecretKeyMissing");
    assertThat(ran.message()).contains("\"uri\"").contains("it has url");
  }

  @Test
  void namesWhatTheUrlLacks() throws Exception {
    url("localhost", database.server().port(), "?sslmode=disable");
    assertThat(sluice.run().message()).contains("missing: database");
  }
}
