package dev.sluice.authoring.write;

import java.util.Locale;
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

  /** The nearest one to what a person wrote; empty where nothing is left of it. */
  public static Optional<MigrationName> near(String words) {
    var near =
        words
            .strip()
            .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    return of(near);
  }

  private static boolean isOne(String words) {
    return words.length() <= LONGEST && KEBAB_CASE.matcher(words).matches();
  }

  /** One of a group. */
  public MigrationName with(String more) {
    return new MigrationName(words + "-" + more);
  }
}
