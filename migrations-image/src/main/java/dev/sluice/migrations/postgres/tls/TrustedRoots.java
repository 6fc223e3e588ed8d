package dev.sluice.migrations.postgres.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The CAs of a file, or else those of RDS and of the Java runtime. */
final class TrustedRoots {
  private static final String OF_RDS = "rds-ca.pem";

  private TrustedRoots() {}

  static X509TrustManager of(@Nullable String file) throws GeneralSecurityException, IOException {
    if (file != null) {
      return trust(store(fromFile(Path.of(file))));
    }
    try (var bundled = TrustedRoots.class.getResourceAsStream(OF_RDS)) {
      var all = store(certificates(bundled));
      for (var issuer : trust((KeyStore) null).getAcceptedIssuers()) {
        all.setCertificateEntry("java-" + all.size(), issuer);
      }
      return trust(all);
    }
  }

  private static Stream<X509Certificate> fromFile(Path file) throws TlsFileException {
    try (var pem = Files.newInputStream(file)) {
      var all = certificates(pem).toList();
      if (all.isEmpty()) {
        throw new TlsFileException("the CA file holds no certificate: " + file);
      }
      return all.stream();
    } catch (IOException _) {
      throw new TlsFileException("the CA file can't be read: " + file);
    } catch (CertificateException _) {
      throw new TlsFileException("the CA file is not PEM: " + file);
    }
  }

  private static Stream<X509Certificate> certificates(@Nullable InputStream pem)
      throws CertificateException {
    return CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
        .map(X509Certificate.class::cast);
  }

  private static KeyStore store(Stream<X509Certificate> certificates)
      throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (var certificate : certificates.toList()) {
      store.setCertificateEntry("given-" + store.size(), certificate);
    }
    return store;
  }

  private static X509TrustManager trust(@Nullable KeyStore store) throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return Stream.of(factory.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .map(X509TrustManager.class::cast)
        .findFirst()
        .orElseThrow();
  }
}
