package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.OpenSsl;
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

/** A server that lets nobody in without a certificate whose name is the user's. */
class ClientCertificateIT {
  @TempDir static Path certificates;
  @TempDir Path folder;
  private static OpenSsl authority;
  private static EmbeddedPostgres postgres;
  private TestRunner sluice;

  @BeforeAll
  static void aCarefulServer() throws Exception {
    authority = OpenSsl.authority(certificates);
    authority.sign("localhost", "ec");
    for (var kind : new String[] {"rsa", "ec", "ed25519"}) {
      authority.sign("postgres-" + kind, "postgres", kind);
    }
    authority.sign("eve", "ec");
    var hba = certificates.resolve("hba.conf");
    Files.writeString(
        hba,
        """
        local all all trust
        hostssl all all all trust clientcert=verify-full
        """);
    postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("hba_file", hba.toString())
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_ca_file", authority.certificate().toString())
            .setServerConfig("ssl_cert_file", authority.certificate("localhost").toString())
            .setServerConfig("ssl_key_file", authority.key("localhost").toString())
            .setConnectConfig("sslmode", "verify-full")
            .setConnectConfig("sslrootcert", authority.certificate().toString())
            .setConnectConfig("sslcert", authority.certificate("postgres-ec").toString())
            .setConnectConfig("sslkey", authority.der("postgres-ec").toString())
            .start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (postgres != null) {
      postgres.close();
    }
  }

  @BeforeEach
  void aRun() {
    var changelog = new TestChangelog(folder).sql("--changeset ann:1\nselect 1;\n");
    sluice =
        new TestRunner(new TestDatabase(TestServer.shared(), "postgres"), changelog)
            .with("PGPORT", String.valueOf(postgres.getPort()))
            .with("PGSSLMODE", "verify-full")
            .with("PGSSLROOTCERT", authority.certificate().toString());
  }

  private TestRunner shows(String name) {
    return shows(authority.certificate(name), authority.key(name));
  }

  private TestRunner shows(Path certificate, Path key) {
    return sluice.with("PGSSLCERT", certificate.toString()).with("PGSSLKEY", key.toString());
  }

  private static void fails(TestRunner.Ran ran, String words) {
    assertThat(ran.exit()).isEqualTo(40);
    assertThat(ran.reason()).isEqualTo("TlsFailed");
    assertThat(ran.message()).contains(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa", "ec", "ed25519"})
  void isLetInWithAKeyInPkcs8(String kind) {
    assertThat(shows("postgres-" + kind).run().exit()).isZero();
  }

  /** PKCS-1 for RSA, SEC1 for EC. */
  @ParameterizedTest
  @ValueSource(strings = {"rsa", "ec"})
  void isLetInWithAKeyAsOpenSslOnceWroteIt(String kind) throws Exception {
    var name = "postgres-" + kind;
    var key = authority.traditional(name);
    assertThat(Files.readString(key)).contains(kind.equals("ec") ? "BEGIN EC" : "BEGIN RSA");
    assertThat(shows(authority.certificate(name), key).run().exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"require", "prefer", "verify-ca"})
  void isLetInWithEveryModeThatEncrypts(String mode) {
    assertThat(shows("postgres-rsa").with("PGSSLMODE", mode).run().exit()).isZero();
    assertThat(sluice.without("PGSSLROOTCERT").with("PGSSLMODE", "require").run().exit()).isZero();
  }

  @Test
  void isNotLetInWithoutOne() {
    var ran = sluice.with("SLUICE_DEADLINE", "2s").run();
    assertThat(ran.exit()).isEqualTo(11);
    assertThat(ran.message()).contains("valid client certificate");
  }

  @Test
  void isNotLetInUnderAnotherName() {
    var ran = shows("eve").with("SLUICE_DEADLINE", "2s").run();
    assertThat(ran.exit()).isEqualTo(11);
    assertThat(ran.reason()).isEqualTo("AuthenticationFailed");
  }

  @Test
  void isNotLetInByAnAuthorityThatTheServerDoesNotKnow(@TempDir Path other) throws Exception {
    var stranger = OpenSsl.authority(other);
    stranger.sign("postgres", "ec");
    fails(
        shows(stranger.certificate("postgres"), stranger.key("postgres")).run(),
        "the server refused the client certificate: unknown ca");
  }

  @Test
  void namesAKeyOfAnotherCertificate() {
    fails(
        shows(authority.certificate("postgres-ec"), authority.key("eve")).run(),
        "not the one of the client certificate");
    fails(
        shows(authority.certificate("postgres-ec"), authority.key("postgres-rsa")).run(),
        "openssl pkcs8 -topk8 -nocrypt -in postgres-rsa.key");
  }

  @Test
  void namesAnEncryptedKeyAndTheRemedy() throws Exception {
    var key = authority.encrypted("postgres-ec");
    fails(
        shows(authority.certificate("postgres-ec"), key).run(),
        "is encrypted: " + key + "; make it so: openssl pkcs8 -topk8 -nocrypt -in");
  }

  @Test
  void namesFilesThatAreNoUse() throws Exception {
    var nothing = Files.writeString(folder.resolve("nothing.pem"), "canary");
    fails(shows(nothing, authority.key("eve")).run(), "nothing.pem");
    fails(shows(authority.certificate("eve"), nothing).run(), "holds no private key in PEM");
    fails(shows(authority.certificate("eve"), Path.of("/not/there.key")).run(), "/not/there.key");
  }
}
