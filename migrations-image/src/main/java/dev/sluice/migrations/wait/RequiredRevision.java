package dev.sluice.migrations.wait;

import java.util.regex.Pattern;

/** A revision of a migration that is waited for: {@code shop@1.42.0}. */
record RequiredRevision(String migration, String revision) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
  private static final Pattern REVISION =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?");

  /** What a word says. */
  sealed interface Read {
    record Understood(RequiredRevision requirement) implements Read {}

    /** {@code problem} says how to mend it. */
    record Malformed(String problem) implements Read {}
  }

  static Read of(String word) {
    if (word.contains("/")) {
      return new Read.Malformed(
          "%s names another namespace: only migrations of the pod's own can be waited for"
              .formatted(quoted(word)));
    }
    var at = word.indexOf('@');
    return at < 0
            || !NAME.matcher(word.substring(0, at)).matches()
            || !REVISION.matcher(word.substring(at + 1)).matches()
        ? new Read.Malformed(
            "%s stands where <migration>@<revision> is expected, such as shop@1.42.0"
                .formatted(quoted(word)))
        : new Read.Understood(new RequiredRevision(word.substring(0, at), word.substring(at + 1)));
  }

  private static String quoted(String word) {
    return "\"" + (word.length() > 80 ? word.substring(0, 80) + "…" : word) + "\"";
  }

  @Override
  public String toString() {
    return migration + "@" + revision;
  }
}
