package dev.sluice.migrations.postgres.startup;

import java.net.URL;
import java.security.NoSuchAlgorithmException;
import java.security.Security;
import javax.crypto.SecretKeyFactory;

/** Java's cryptography takes a while to begin: it does while the settings are read. */
public final class CryptographyWarmUp {
  private CryptographyWarmUp() {}

  /** To be called as early as can be; nobody waits for it. */
  public static void begin() {
    Thread.ofPlatform().daemon().name("preparation").start(CryptographyWarmUp::cryptography);
  }

  private static void cryptography() {
    // a login that is sooner takes Java's own, which is as good
    Security.insertProviderAt(new ScramProvider(), 1);
    URL.setURLStreamHandlerFactory(new JdkUrlHandlers());
    try {
      SecretKeyFactory.getInstance(ScramKeys.ALGORITHM);
    } catch (NoSuchAlgorithmException _) {
      // whoever needs it will say so
    }
  }
}
