package dev.sluice.migrations.folder;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One file that is applied once.
 *
 * @param path of the file, below the root
 * @param file the same below the folder, as in the ledger
 * @param checksum tells an edit from other line ends
 * @param isolation the statement that sets the transaction's isolation level, where it is the first
 */
public record Migration(
    String path,
    String file,
    String checksum,
    TransactionMode mode,
    @Nullable String isolation,
    List<Chunk> chunks,
    ToolIdentity tool) {
  /** What drizzle-kit v1 calls the file in the folder of a migration. */
  static final String IN_FOLDER = "/migration.sql";

  public Migration {
    chunks = List.copyOf(chunks);
  }

  /** As its tool and people call it, {@code 0003_add_tier} or {@code V3__add_tier}. */
  public String name() {
    return nameOf(file);
  }

  /** The name of a migration with that file, which may be there no longer. */
  public static String nameOf(String file) {
    if (file.endsWith(IN_FOLDER)) {
      return file.substring(0, file.length() - IN_FOLDER.length());
    }
    return FolderFiles.isSql(file) ? file.substring(0, file.length() - ".sql".length()) : file;
  }

  /** Runs again whenever it changed. */
  public boolean isRepeatable() {
    return tool instanceof ToolIdentity.Flyway(var version, _, _, _) && version == null;
  }
}
