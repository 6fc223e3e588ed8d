package dev.sluice.migrations.folder;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One file that is applied once. {@code file} is its path below the root, as in the ledger; {@code
 * checksum} tells an edit from other line ends.
 *
 * @param isolation the statement that sets the transaction's isolation level, where it is the first
 */
public record Migration(
    String file,
    String checksum,
    TransactionMode mode,
    @Nullable String isolation,
    List<Chunk> chunks,
    ToolIdentity tool) {
  public Migration {
    chunks = List.copyOf(chunks);
  }

  /** Runs again whenever it changed. */
  public boolean isRepeatable() {
    return tool instanceof ToolIdentity.Flyway(var version, _, _, _) && version == null;
  }
}
