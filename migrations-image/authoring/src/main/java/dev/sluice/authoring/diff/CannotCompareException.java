package dev.sluice.authoring.diff;

import java.io.Serial;

/** The engine failed at a database, or was interrupted. */
public final class CannotCompareException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  CannotCompareException(String message, Throwable cause) {
    super(message, cause);
  }
}
