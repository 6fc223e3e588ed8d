package dev.sluice.migrations.postgres.tls;

import java.io.Serial;
import java.security.GeneralSecurityException;

/** A file of certificates or keys is no use; the message names it and the remedy. */
final class TlsFileException extends GeneralSecurityException {
  @Serial private static final long serialVersionUID = 1;

  TlsFileException(String message) {
    super(message);
  }
}
