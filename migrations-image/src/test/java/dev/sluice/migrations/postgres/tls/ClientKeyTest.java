package dev.sluice.migrations.postgres.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientKeyTest {
  @TempDir Path folder;

  private static KeyPair pair(String algorithm) throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance(algorithm);
    if (!algorithm.equals("Ed25519")) {
      generator.initialize(algorithm.equals("RSA") ? 2048 : 256);
    }
    return generator.generateKeyPair();
  }

  private Path pem(String label, byte[] bytes) throws Exception {
    var body = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(bytes);
    return file(
        "some text before it\n-----BEGIN "
            + label
            + "-----\n"
            + body
            + "\n-----END "
            + label
            + "-----\n");
  }

  private Path file(String text) throws Exception {
    return Files.writeString(folder.resolve("client.key"), text);
  }

  @ParameterizedTest
  @CsvSource({"RSA", "EC", "Ed25519"})
  void isReadAsPkcs8(String algorithm) throws Exception {
    var pair = pair(algorithm);
    var key = ClientKey.read(pem("PRIVATE KEY", pair.getPrivate().getEncoded()), pair.getPublic());
    assertThat(key).isEqualTo(pair.getPrivate());
  }

  /** Their content follows the version and the algorithm in PKCS-8. */
  @ParameterizedTest
  @CsvSource({"RSA, RSA PRIVATE KEY, 26", "EC, EC PRIVATE KEY, 28"})
  void isReadAsOpenSslWroteItForLong(String algorithm, String label, int from) throws Exception {
    var pair = pair(algorithm);
    var pkcs8 = pair.getPrivate().getEncoded();
    var inner = Arrays.copyOfRange(pkcs8, from, pkcs8.length);
    var key = ClientKey.read(pem(label, inner), pair.getPublic());
    assertThat(key.getEncoded()).isEqualTo(pkcs8);
  }

  @Test
  void aFileThatIsNotThereIsNamed() throws Exception {
    var none = folder.resolve("none.key");
    refused(() -> ClientKey.read(none, pair("EC").getPublic()), "can't be read: " + none);
  }

  @Test
  void aFileWithoutAKeyIsRefused() throws Exception {
    var file =
        file(
            """
            -----BEGIN CERTIFICATE-----
            AA==
            -----END CERTIFICATE-----
            """);
    refused(() -> ClientKey.read(file, pair("EC").getPublic()), "holds no private key in PEM");
  }

  @ParameterizedTest
  @CsvSource({"ENCRYPTED PRIVATE KEY, AA==", "RSA PRIVATE KEY, 'Proc-Type: 4,ENCRYPTED'"})
  void anEncryptedKeyIsRefusedWithTheRemedy(String label, String content) throws Exception {
    var file = file("-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----".formatted(label, content));
    refused(
        () -> ClientKey.read(file, pair("EC").getPublic()),
        "is encrypted",
        "openssl pkcs8 -topk8 -nocrypt -in client.key -out new.key");
  }

  @Test
  void aKeyOfAnotherKindIsRefusedAndNotShown() throws Exception {
    var bytes = pair("RSA").getPrivate().getEncoded();
    var file = pem("PRIVATE KEY", bytes);
    refused(
        () -> ClientKey.read(file, pair("EC").getPublic()),
        "can't be read as a key of the kind EC");
  }

  private static void refused(ThrowingCallable read, String... words) {
    assertThatThrownBy(read)
        .isInstanceOf(TlsFileException.class)
        .hasMessageContainingAll(words)
        .hasNoCause();
  }
}
