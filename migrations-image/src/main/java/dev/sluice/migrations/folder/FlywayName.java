package dev.sluice.migrations.folder;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file of Flyway: {@code V1.2__add_users.sql}, or {@code R__views.sql} without a version; {@code
 * B3__all.sql} is a baseline, which has all that was made up to its version.
 */
record FlywayName(
    String script, @Nullable FlywayVersion version, String description, boolean isBaseline) {
  private static final Pattern CALLBACK =
      Pattern.compile("(?:before|after)[A-Z][A-Za-z]*|createSchema");

  /** Empty: Flyway passes such a file over. */
  static Optional<FlywayName> of(String script, FlywayNaming naming) {
    var base = naming.base(fileName(script));
    if (base == null) {
      return Optional.empty();
    }
    var repeatable = naming.repeatable() + naming.separator();
    if (base.startsWith(repeatable)) {
      var description = described(base.substring(repeatable.length()));
      return Optional.of(new FlywayName(script, null, description, false));
    }
    return versioned(script, base, naming.versioned(), naming, false)
        .or(() -> versioned(script, base, naming.baseline(), naming, true));
  }

  private static Optional<FlywayName> versioned(
      String script, String base, String prefix, FlywayNaming naming, boolean baseline) {
    if (!base.startsWith(prefix)) {
      return Optional.empty();
    }
    var name = base.substring(prefix.length());
    var end = name.indexOf(naming.separator());
    var description = end < 0 ? "" : name.substring(end + naming.separator().length());
    return FlywayVersion.of(end < 0 ? name : name.substring(0, end))
        .map(version -> new FlywayName(script, version, described(description), baseline));
  }

  /** Made as Flyway's names are, be it with a version that is none. */
  static boolean isLike(String script, FlywayNaming naming) {
    var base = naming.base(fileName(script));
    return base != null
        && ((base.startsWith(naming.versioned()) && base.contains(naming.separator()))
            || base.startsWith(naming.repeatable() + naming.separator())
            || of(script, naming).isPresent());
  }

  static String fileName(String script) {
    return script.substring(script.lastIndexOf('/') + 1);
  }

  /** The moment that a callback is for, in Flyway's word; empty when it is none. */
  static Optional<String> callback(String script, FlywayNaming naming) {
    var base = naming.base(fileName(script));
    if (base == null) {
      return Optional.empty();
    }
    var end = base.indexOf(naming.separator());
    var word = end < 0 ? base : base.substring(0, end);
    return CALLBACK.matcher(word).matches() ? Optional.of(word) : Optional.empty();
  }

  private static String described(String part) {
    return part.replace('_', ' ');
  }
}
