package dev.sluice.migrations.database;

import java.io.Serial;
import java.security.GeneralSecurityException;

/** The file of {@code PGSSLROOTCERT} is no use. */
final class RootCertificatesException extends GeneralSecurityException {
  @Serial private static final long serialVersionUID = 1;

  RootCertificatesException(String message) {
    super(message);
  }
}
