package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestCertificate;
import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.TestServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server with a certificate for {@code localhost}, by a CA of its own. */
class TlsIT {
  @TempDir static Path certificates;
  @TempDir Path folder;
  private static TestCertificate certificate;
  private static EmbeddedPostgres postgres;
  private TestRunner sluice;

  @BeforeAll
  static void aServerWithTls() throws Exception {
    certificate = TestCertificate.of("localhost", certificates);
    postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_cert_file", certificate.certificate().toString())
            .setServerConfig("ssl_key_file", certificate.key().toString())
            .start();
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  @BeforeEach
  void aRun() {
    var changelog =
        new TestChangelog(folder)
            .sql(
                """
                --changeset ann:1
                select 1;
                """);
    sluice =
        new TestRunner(new TestDatabase(TestServer.shared(), "postgres"), changelog)
            .with("PGPORT", String.valueOf(postgres.getPort()))
            .with("PGSSLMODE", "verify-full")
            .with("PGSSLROOTCERT", certificate.certificate().toString());
  }

  @Test
  void trustsTheCaOfTheFile() {
    assertThat(sluice.run().exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"prefer", "require"})
  void verifiesNothingWhereTheModeSaysSo(String mode) {
    assertThat(sluice.with("PGSSLMODE", mode).without("PGSSLROOTCERT").run().exit()).isZero();
  }

  private void fails(TestRunner.Ran ran, String words) {
    assertThat(ran.exit()).isEqualTo(40);
    assertThat(ran.reason()).isEqualTo("TlsFailed");
    assertThat(ran.message()).contains(words);
    assertThat(ran.failure().hint()).contains("spec.database.tls");
  }

  @Test
  void refusesACaThatNobodyKnows() {
    fails(sluice.without("PGSSLROOTCERT").run(), "certificate is not trusted");
  }

  @Test
  void refusesAnotherCaThanTheFiles(@TempDir Path other) throws Exception {
    var stranger = TestCertificate.of("localhost", other).certificate().toString();
    fails(sluice.with("PGSSLROOTCERT", stranger).run(), "certificate is not trusted");
    fails(sluice.with("PGSSLMODE", "require").run(), "certificate is not trusted");
  }

  @Test
  void refusesACertificateForAnotherHost() {
    fails(sluice.with("PGHOST", "127.0.0.1").run(), "another host name");
    assertThat(sluice.with("PGSSLMODE", "verify-ca").run().exit()).isZero();
  }

  @Test
  void refusesAServerWithoutTls() {
    var port = String.valueOf(TestServer.shared().port());
    fails(sluice.with("PGPORT", port).run(), "doesn't offer TLS");
    fails(sluice.with("PGSSLMODE", "require").without("PGSSLROOTCERT").run(), "doesn't offer TLS");
  }

  @Test
  void refusesACaFileThatIsNoUse() throws Exception {
    fails(sluice.with("PGSSLROOTCERT", "/not/there.pem").run(), "/not/there.pem");
    var empty = Files.writeString(folder.resolve("empty.pem"), "hello").toString();
    fails(sluice.with("PGSSLROOTCERT", empty).run(), "empty.pem");
  }
}
