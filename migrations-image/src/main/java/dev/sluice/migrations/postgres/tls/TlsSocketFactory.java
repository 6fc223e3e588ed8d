package dev.sluice.migrations.postgres.tls;

import dev.sluice.migrations.database.SslMode;
import dev.sluice.migrations.database.TlsSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Properties;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import org.postgresql.ssl.NonValidatingFactory.NonValidatingTM;
import org.postgresql.ssl.WrappedFactory;

/** pgjdbc makes it by its class name, for each connection, so that the files are read anew. */
public final class TlsSocketFactory extends WrappedFactory {
  private static final String ROOTS = "dev.sluice.rootCertificates";
  private static final String CERTIFICATE = "dev.sluice.clientCertificate";
  private static final String KEY = "dev.sluice.clientKey";

  public TlsSocketFactory(Properties properties) throws GeneralSecurityException, IOException {
    var context = SSLContext.getInstance("TLS");
    context.init(client(properties), new TrustManager[] {trust(properties)}, null);
    factory = context.getSocketFactory();
  }

  /** What the constructor will find. */
  public static void tell(Properties properties, TlsSettings settings) {
    if (settings.rootCertificates() != null) {
      properties.setProperty(ROOTS, settings.rootCertificates().toString());
    }
    var client = settings.client();
    if (client != null) {
      properties.setProperty(CERTIFICATE, client.certificate().toString());
      properties.setProperty(KEY, client.key().toString());
    }
  }

  private static X509TrustManager trust(Properties properties)
      throws GeneralSecurityException, IOException {
    var mode = SslMode.of(String.valueOf(PGProperty.SSL_MODE.getOrDefault(properties)));
    return mode.isPresent() && !mode.get().verifies()
        ? new NonValidatingTM()
        : TrustedRoots.of(properties.getProperty(ROOTS));
  }

  private static KeyManager @Nullable [] client(Properties properties)
      throws GeneralSecurityException {
    var certificate = properties.getProperty(CERTIFICATE);
    var key = properties.getProperty(KEY);
    return certificate == null || key == null
        ? null
        : new KeyManager[] {ClientIdentity.read(Path.of(certificate), Path.of(key))};
  }
}
