package dev.sluice.migrations.postgres.startup;

import java.io.Serial;
import java.security.Provider;

/** Makes {@link ScramKeys} known to Java. */
final class ScramProvider extends Provider {
  @Serial private static final long serialVersionUID = 1;

  ScramProvider() {
    super("SluiceScram", "1", "PBKDF2 for SCRAM-SHA-256");
    putService(
        new Service(this, "SecretKeyFactory", ScramKeys.ALGORITHM, "ScramKeys", null, null) {
          @Override
          public Object newInstance(Object parameter) {
            return new ScramKeys();
          }
        });
  }
}
