package dev.sluice.authoring.write;

import java.util.Optional;
import java.util.regex.Pattern;

/** What a migration is about, in words of small letters and digits between hyphens. */
public record MigrationName(String words) {
  private static final Pattern KEBAB_CASE = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*");
  private static final int LONGEST = 100;

  public MigrationName {
    if (!isOne(words)) {
      throw new IllegalArgumentException("not in kebab-case");
    }
  }

  /** Empty when it isn't in kebab-case, or too long for a file's name. */
  public static Optional<MigrationName> of(String words) {
    return isOne(words) ? Optional.of(new MigrationName(words)) : Optional.empty();
  }

  private static boolean isOne(String words) {
    return words.length() <= LONGEST && KEBAB_CASE.matcher(words).matches();
  }

  /** One of a group. */
  public MigrationName with(String more) {
    return new MigrationName(words + "-" + more);
  }
}
