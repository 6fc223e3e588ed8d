package dev.sluice.migrations.database;

import java.util.Arrays;
import java.util.Optional;

/** libpq's modes, but for {@code allow}. */
public enum SslMode {
  DISABLE("disable"),
  PREFER("prefer"),
  REQUIRE("require"),
  VERIFY_CA("verify-ca"),
  VERIFY_FULL("verify-full");

  public static final String WORDS = "disable, prefer, require, verify-ca or verify-full";

  private final String word;

  SslMode(String word) {
    this.word = word;
  }

  public static Optional<SslMode> of(String word) {
    return Arrays.stream(values()).filter(mode -> mode.word.equals(word)).findFirst();
  }

  public boolean verifies() {
    return this == VERIFY_CA || this == VERIFY_FULL;
  }

  public String word() {
    return word;
  }
}
