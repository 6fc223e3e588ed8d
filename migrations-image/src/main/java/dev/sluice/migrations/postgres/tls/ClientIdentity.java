package dev.sluice.migrations.postgres.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * A certificate and its key, shown to every server that asks, as libpq does: a server that doesn't
 * know the authority then says so, where Java by itself would show none.
 */
final class ClientIdentity extends X509ExtendedKeyManager {
  private static final String ALIAS = "client";

  private final X509Certificate[] chain;
  private final PrivateKey key;

  private ClientIdentity(X509Certificate[] chain, PrivateKey key) {
    this.chain = chain;
    this.key = key;
  }

  static ClientIdentity read(Path certificate, Path key) throws GeneralSecurityException {
    var chain = chain(certificate);
    var secret = ClientKey.read(key, chain[0].getPublicKey());
    if (!fits(secret, chain[0].getPublicKey())) {
      throw new TlsFileException(
          "the client key is not the one of the client certificate: " + key + ", " + certificate);
    }
    return new ClientIdentity(chain, secret);
  }

  private static X509Certificate[] chain(Path file) throws TlsFileException {
    try (var pem = Files.newInputStream(file)) {
      var all =
          CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
              .map(X509Certificate.class::cast)
              .toArray(X509Certificate[]::new);
      if (all.length == 0) {
        throw new TlsFileException("the client certificate's file holds none: " + file);
      }
      return all;
    } catch (IOException _) {
      throw new TlsFileException("the client certificate can't be read: " + file);
    } catch (CertificateException _) {
      throw new TlsFileException("the client certificate is not PEM: " + file);
    }
  }

  private static boolean fits(PrivateKey key, PublicKey of) throws GeneralSecurityException {
    var signature = Signature.getInstance(algorithm(key));
    signature.initSign(key);
    signature.update(ALIAS.getBytes(UTF_8));
    var signed = signature.sign();
    signature.initVerify(of);
    signature.update(ALIAS.getBytes(UTF_8));
    try {
      return signature.verify(signed);
    } catch (SignatureException _) {
      // another curve or length
      return false;
    }
  }

  private static String algorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }

  @Override
  public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[] {ALIAS};
  }

  @Override
  public String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return ALIAS;
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return chain.clone();
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return key;
  }
}
