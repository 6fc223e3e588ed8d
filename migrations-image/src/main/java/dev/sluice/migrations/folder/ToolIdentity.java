package dev.sluice.migrations.folder;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the history of the tool that the folder was made for says of a migration. */
public sealed interface ToolIdentity {
  /** The name is v1's; {@code hash} is of the text as it is on disk. */
  record Drizzle(String name, String hash, long when) implements ToolIdentity {}

  /**
   * Without a version it is repeatable.
   *
   * @param type Flyway's word for it in its history: SQL, or SQL_BASELINE
   */
  record Flyway(
      String type, @Nullable String version, String description, String script, int checksum)
      implements ToolIdentity {
    /** A script of all that was made up to a version. */
    public static final String BASELINE = "SQL_BASELINE";

    static final String USUAL = "SQL";

    public boolean isBaseline() {
      return type.equals(BASELINE);
    }

    /** Whether Flyway began with this version, or with a later one. */
    public boolean isUpTo(String begun) {
      var mine = Optional.ofNullable(version).flatMap(FlywayVersion::of);
      var other = FlywayVersion.of(begun);
      return mine.isPresent() && other.isPresent() && mine.get().compareTo(other.get()) <= 0;
    }
  }
}
