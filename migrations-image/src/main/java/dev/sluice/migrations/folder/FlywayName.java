package dev.sluice.migrations.folder;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A file of Flyway: {@code V1.2__add_users.sql}, or {@code R__views.sql} without a version. */
record FlywayName(String script, @Nullable FlywayVersion version, String description) {
  private static final int END = ".sql".length();
  private static final String SEPARATOR = "__";
  private static final Pattern FLYWAY_ONLY =
      Pattern.compile(
          "(?:.*/)?(?:B[0-9][0-9._]*__[^/]*|(?:before|after)[A-Z][A-Za-z]*(?:__[^/]*)?"
              + "|createSchema(?:__[^/]*)?)\\.(?i:sql)");

  /** Empty: Flyway passes such a file over. */
  static Optional<FlywayName> of(String script) {
    var name = script.substring(script.lastIndexOf('/') + 1);
    if (!FolderFiles.isSql(name)) {
      return Optional.empty();
    }
    var base = name.substring(0, name.length() - END);
    if (base.startsWith("R" + SEPARATOR)) {
      return Optional.of(new FlywayName(script, null, described(base.substring(3))));
    }
    if (!base.startsWith("V")) {
      return Optional.empty();
    }
    var end = base.indexOf(SEPARATOR);
    var description = end < 0 ? "" : base.substring(end + SEPARATOR.length());
    return FlywayVersion.of(end < 0 ? base.substring(1) : base.substring(1, end))
        .map(version -> new FlywayName(script, version, described(description)));
  }

  /** What Flyway would run too: its callbacks and baseline migrations. */
  static boolean isForFlywayOnly(String script) {
    return FLYWAY_ONLY.matcher(script).matches();
  }

  private static String described(String part) {
    return part.replace('_', ' ');
  }
}
