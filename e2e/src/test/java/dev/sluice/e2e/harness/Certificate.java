package dev.sluice.e2e.harness;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A key and a certificate that is its own authority, as PEM. */
public record Certificate(String certificate, String key) {

  private static final String STORE_PASSWORD = "changeit";

  private static final String ALIAS = "it";

  /** Of a host, or of a client. */
  public static Certificate of(String name) {
    try {
      var folder = Files.createTempDirectory("certificate");
      var store = folder.resolve("store.p12");
      Program.run(folder, keytool(store, name));
      var bytes = Files.readAllBytes(store);
      Files.delete(store);
      Files.delete(folder);
      return read(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> keytool(Path store, String name) {
    return List.of(
        Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "keytool")
            .toString(),
        "-genkeypair",
        "-alias",
        ALIAS,
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-validity",
        "30",
        "-dname",
        "CN=sluice-e2e",
        "-ext",
        "SAN=dns:" + name,
        "-storetype",
        "PKCS12",
        "-storepass",
        STORE_PASSWORD,
        "-keystore",
        store.toString());
  }

  /** As a Secret of the type {@code kubernetes.io/tls} has them. */
  public Map<String, String> secret() {
    return Map.of("tls.crt", certificate, "tls.key", key);
  }

  private static Certificate read(byte[] store) throws IOException {
    try {
      var keys = KeyStore.getInstance("PKCS12");
      keys.load(new ByteArrayInputStream(store), STORE_PASSWORD.toCharArray());
      return new Certificate(
          pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()),
          pem("PRIVATE KEY", keys.getKey(ALIAS, STORE_PASSWORD.toCharArray()).getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK's keytool made something that it can't read", e);
    }
  }

  private static String pem(String type, byte[] content) {
    var lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN %s-----\n%s\n-----END %1$s-----\n"
        .formatted(type, lines.encodeToString(content));
  }
}
