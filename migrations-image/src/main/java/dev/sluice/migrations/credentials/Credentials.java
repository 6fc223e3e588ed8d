package dev.sluice.migrations.credentials;

import org.jspecify.annotations.Nullable;

/** A login, and what a secret or URL may say beside it; the version names a secret's state. */
public record Credentials(
    String username,
    String password,
    @Nullable String host,
    @Nullable Integer port,
    @Nullable String database,
    @Nullable String sslMode,
    @Nullable String version) {

  public static Credentials login(String username, String password) {
    return new Credentials(username, password, null, null, null, null, null);
  }

  /** Never the password. */
  @Override
  public String toString() {
    return "Credentials[username=" + username + "]";
  }
}
