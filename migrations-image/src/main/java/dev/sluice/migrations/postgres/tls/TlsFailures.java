package dev.sluice.migrations.postgres.tls;

import dev.sluice.migrations.database.DatabaseProblem;
import java.io.IOException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Failures of TLS come as lost connections (08xxx), but don't pass by themselves. */
public final class TlsFailures {
  private static final Pattern ALERT =
      Pattern.compile(
          "Received fatal alert: (unknown_ca|bad_certificate|decrypt_error|access_denied"
              + "|unsupported_certificate|certificate_[a-z]+)");

  private TlsFailures() {}

  public static Optional<DatabaseProblem> in(Throwable thrown) {
    return sentence(thrown).map(words -> DatabaseProblem.of(DatabaseProblem.Kind.TLS, words));
  }

  private static Optional<String> sentence(Throwable thrown) {
    var message = String.valueOf(thrown.getMessage());
    if (message.contains("server does not support SSL")) {
      return Optional.of("the server doesn't offer TLS");
    }
    if (message.contains("hostname") && message.contains("verif")) {
      return Optional.of("the server's certificate is for another host name");
    }
    if (chain(thrown).anyMatch(TlsFileException.class::isInstance)) {
      return chain(thrown)
          .filter(TlsFileException.class::isInstance)
          .map(Throwable::getMessage)
          .findFirst();
    }
    var alert = chain(thrown).map(TlsFailures::alert).flatMap(Optional::stream).findFirst();
    if (alert.isPresent()) {
      return alert.map(words -> "the server refused the client certificate: " + words);
    }
    if (chain(thrown).anyMatch(TlsFailures::speaksOfCertificates)) {
      return Optional.of("the server's certificate is not trusted: " + deepest(thrown));
    }
    if (chain(thrown).anyMatch(SSLException.class::isInstance) && !wasCut(thrown)) {
      return Optional.of("the TLS handshake failed: " + deepest(thrown));
    }
    return Optional.empty();
  }

  /** What a server sends back that doesn't like the certificate of its client. */
  private static Optional<String> alert(Throwable thrown) {
    return Optional.ofNullable(thrown.getMessage())
        .map(ALERT::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1).replace('_', ' '));
  }

  private static boolean speaksOfCertificates(Throwable thrown) {
    return thrown instanceof CertificateException || thrown instanceof CertPathValidatorException;
  }

  /** A connection that breaks in the middle of a handshake may come back. */
  private static boolean wasCut(Throwable thrown) {
    return chain(thrown).anyMatch(t -> t instanceof IOException && !(t instanceof SSLException));
  }

  private static String deepest(Throwable thrown) {
    var last = chain(thrown).reduce(thrown, (_, next) -> next);
    return String.valueOf(last.getMessage());
  }

  private static Stream<Throwable> chain(Throwable thrown) {
    return Stream.iterate(thrown, t -> t != null, Throwable::getCause).limit(20);
  }
}
