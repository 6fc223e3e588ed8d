package dev.sluice.migrations.postgres.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.util.Objects;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScramKeysTest {
  private static final Provider OURS = new ScramProvider();
  private static final Provider JAVAS = Objects.requireNonNull(Security.getProvider("SunJCE"));

  @ParameterizedTest
  @CsvSource({
    "secret, 4096",
    "'', 2",
    "a password that is longer than the one block that a digest takes at once, 4096",
    "pässwörd \uD83D\uDD11, 1000",
    "once, 1"
  })
  void areThoseOfJava(String password, int rounds) throws GeneralSecurityException {
    assertThat(key(OURS, password, rounds, 256)).isEqualTo(key(JAVAS, password, rounds, 256));
  }

  @Test
  void areTakenOncePrepared() throws GeneralSecurityException {
    CryptographyWarmUp.begin();
    try {
      await()
          .until(() ->
              SecretKeyFactory.getInstance(ScramKeys.ALGORITHM).getProvider()
                  instanceof ScramProvider);
      // what SCRAM doesn't need is Java's own affair
      assertThat(
              SecretKeyFactory.getInstance(ScramKeys.ALGORITHM)
                  .generateSecret(spec("secret", 2, 512))
                  .getEncoded())
          .isEqualTo(key(JAVAS, "secret", 2, 512));
    } finally {
      Security.removeProvider(OURS.getName());
    }
  }

  private static byte[] key(Provider provider, String password, int rounds, int bits)
      throws GeneralSecurityException {
    return SecretKeyFactory.getInstance(ScramKeys.ALGORITHM, provider)
        .generateSecret(spec(password, rounds, bits))
        .getEncoded();
  }

  private static PBEKeySpec spec(String password, int rounds, int bits) {
    var salt = new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    return new PBEKeySpec(password.toCharArray(), salt, rounds, bits);
  }
}
