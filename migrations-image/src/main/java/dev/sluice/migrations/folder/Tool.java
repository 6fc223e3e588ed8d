package dev.sluice.migrations.folder;

import org.jspecify.annotations.Nullable;

/** What the history of the tool that the folder was made for says of a migration. */
public sealed interface Tool {
  /** The name is v1's; {@code hash} is of the text as it is on disk. */
  record Drizzle(String name, String hash, long when) implements Tool {}

  /** Without a version it is repeatable. */
  record Flyway(@Nullable String version, String description, String script, int checksum)
      implements Tool {}
}
