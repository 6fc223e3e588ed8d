package dev.sluice.migrations.postgres.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.database.DatabaseProblem;
import dev.sluice.migrations.database.DatabaseProblem.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsFailuresTest {
  private static Optional<String> in(Throwable cause) {
    var problem = TlsFailures.in(new SQLException("SSL error", "08006", cause));
    problem.ifPresent(it -> assertThat(it.kind()).isEqualTo(Kind.TLS));
    return problem.map(DatabaseProblem::message);
  }

  @Test
  void aServerWithoutTlsIsNamed() {
    var thrown = new SQLException("The server does not support SSL.", "08006");
    assertThat(TlsFailures.in(thrown).orElseThrow().message())
        .isEqualTo("the server doesn't offer TLS");
  }

  @Test
  void anotherHostNameIsNamed() {
    var thrown =
        new SQLException("The hostname db could not be verified by hostnameverifier", "08006");
    assertThat(TlsFailures.in(thrown).orElseThrow().message())
        .isEqualTo("the server's certificate is for another host name");
  }

  @Test
  void aFileThatIsNoUseIsSaidInItsOwnWords() {
    assertThat(in(new IOException(new TlsFileException("the CA file can't be read: ca.pem"))))
        .contains("the CA file can't be read: ca.pem");
  }

  @ParameterizedTest
  @CsvSource({
    "unknown_ca, unknown ca",
    "bad_certificate, bad certificate",
    "certificate_expired, certificate expired",
    "access_denied, access denied"
  })
  void aRefusedClientCertificateIsNamed(String alert, String words) {
    assertThat(in(new SSLHandshakeException("(x) Received fatal alert: " + alert)))
        .contains("the server refused the client certificate: " + words);
  }

  @Test
  void aServerThatIsNotTrustedIsNamedWithTheDeepestCause() {
    var path = new CertPathValidatorException("path does not chain with any of the trust anchors");
    var handshake = new SSLHandshakeException("PKIX path validation failed");
    handshake.initCause(new CertificateException("no", path));
    assertThat(in(handshake))
        .contains(
            "the server's certificate is not trusted: path does not chain with any of the trust"
                + " anchors");
  }

  @Test
  void anyOtherFailedHandshakeIsNamed() {
    assertThat(in(new SSLHandshakeException("Received fatal alert: protocol_version")))
        .contains("the TLS handshake failed: Received fatal alert: protocol_version");
  }

  @Test
  void aHandshakeThatWasCutMayPass() {
    var cut = new SSLException("Remote host terminated the handshake");
    cut.initCause(new EOFException("SSL peer shut down incorrectly"));
    assertThat(in(cut)).isEmpty();
  }

  @Test
  void aConnectionThatIsRefusedHasNothingToDoWithTls() {
    assertThat(in(new ConnectException("Connection refused"))).isEmpty();
  }
}
