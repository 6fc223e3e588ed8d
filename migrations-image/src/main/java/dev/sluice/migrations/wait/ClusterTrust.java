package dev.sluice.migrations.wait;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Sockets that trust the authorities of the service account, as they are in its file now. */
final class ClusterTrust {
  private byte[] authorities = {};
  private @Nullable SSLSocketFactory sockets;

  SSLSocketFactory sockets(byte[] pem) throws IOException {
    var made = sockets;
    if (made == null || !Arrays.equals(pem, authorities)) {
      made = make(pem);
      sockets = made;
      authorities = pem;
    }
    return made;
  }

  private static SSLSocketFactory make(byte[] pem) throws IOException {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      var certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem));
      for (var certificate : certificates) {
        store.setCertificateEntry(Integer.toString(store.size()), certificate);
      }
      var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IOException("ca.crt of the service account can't be read: " + e.getMessage(), e);
    }
  }
}
