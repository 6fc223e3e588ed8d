package dev.sluice.migrations.folder;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file of Flyway: {@code V1.2__add_users.sql}, or {@code R__views.sql} without a version. */
record FlywayName(String script, @Nullable FlywayVersion version, String description) {
  private static final String END = ".sql";
  private static final String SEPARATOR = "__";

  /** Empty: Flyway passes such a file over. */
  static Optional<FlywayName> of(String script) {
    var name = script.substring(script.lastIndexOf('/') + 1);
    if (!name.endsWith(END)) {
      return Optional.empty();
    }
    var base = name.substring(0, name.length() - END.length());
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

  /** A kind that only Flyway itself runs: undo and baseline migrations. */
  static boolean isForFlywayOnly(String script) {
    var name = script.substring(script.lastIndexOf('/') + 1);
    return name.matches("[UB][0-9][0-9._]*__.*\\.sql");
  }

  private static String described(String part) {
    return part.replace('_', ' ');
  }
}
