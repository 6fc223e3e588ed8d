package dev.sluice.migrations.credentials;

import java.util.regex.Pattern;

/** What is called as secrets are. */
public final class SecretNames {
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(PASS|PASSWORD|PASSWD|PWD|SECRET|TOKEN|KEY|CREDENTIALS?|UR[IL]|DSN)");

  /** Variables that name a key, a file or an endpoint; and the shell's working folder. */
  private static final Pattern NO_SECRET =
      Pattern.compile("SLUICE_.*|PGSSLKEY|(OLD)?PWD|AWS_ENDPOINT_URL.*|AWS_.*_(FILE|ID|URI)");

  private SecretNames() {}

  static boolean isVariable(String name) {
    return SECRET.matcher(name).matches() && !NO_SECRET.matcher(name).matches();
  }

  /** A key of a Secret may have an ending, as {@code password.txt}. */
  public static boolean isKey(String key) {
    return SECRET.matcher(key).matches()
        || SECRET.matcher(key.replaceFirst("\\.[a-z]+$", "")).matches();
  }
}
