package dev.sluice.authoring.write;

import java.io.Serial;
import java.util.Objects;

/** Nothing was written; says why, and what to do. */
public final class WriteRefusedException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final String hint;

  public WriteRefusedException(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  public String why() {
    return Objects.requireNonNull(getMessage());
  }

  public String hint() {
    return hint;
  }
}
