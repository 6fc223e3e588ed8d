package dev.sluice.migrations.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Properties;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.postgresql.ssl.WrappedFactory;

/**
 * Trusts the CAs of a file, or else those of RDS and of the Java runtime. pgjdbc makes it by its
 * class name.
 */
public final class TrustedRoots extends WrappedFactory {
  static final String FILE = "dev.sluice.rootCertificates";
  private static final String OF_RDS = "rds-ca.pem";

  public TrustedRoots(Properties properties) throws GeneralSecurityException, IOException {
    var file = properties.getProperty(FILE);
    var context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {trust(file)}, null);
    factory = context.getSocketFactory();
  }

  private static X509TrustManager trust(@Nullable String file)
      throws GeneralSecurityException, IOException {
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

  private static Stream<X509Certificate> fromFile(Path file) throws RootCertificatesException {
    try (var pem = Files.newInputStream(file)) {
      var all = certificates(pem).toList();
      if (all.isEmpty()) {
        throw new RootCertificatesException("the CA file holds no certificate: " + file);
      }
      return all.stream();
    } catch (IOException _) {
      throw new RootCertificatesException("the CA file can't be read: " + file);
    } catch (CertificateException _) {
      throw new RootCertificatesException("the CA file is not PEM: " + file);
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
