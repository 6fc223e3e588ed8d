package dev.sluice.migrations.folder;

import dev.sluice.migrations.sql.TransactionMode;
import java.util.ArrayList;
import java.util.Collections;
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
    ToolIdentity tool,
    PlaceholderUse placeholders) {
  /** What drizzle-kit v1 calls the file in the folder of a migration. */
  static final String IN_FOLDER = "/migration.sql";

  public Migration {
    // not copied: those of a large file are made as they are asked for
    chunks = Collections.unmodifiableList(chunks);
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

  /** The same with the chunks of others around it, as one piece of work. */
  Migration between(List<Migration> before, List<Migration> after) {
    if (before.isEmpty() && after.isEmpty()) {
      return this;
    }
    var all = new ArrayList<>(before);
    all.add(this);
    all.addAll(after);
    return new Migration(
        path,
        file,
        checksum,
        modeWith(all),
        before.isEmpty() ? isolation : null,
        all.stream().flatMap(m -> m.chunks().stream()).toList(),
        tool,
        placeholders);
  }

  /** The same outside of a transaction, each statement by itself. */
  public Migration apart() {
    return new Migration(
        path,
        file,
        checksum,
        TransactionMode.AUTOCOMMIT,
        null,
        chunks.stream().flatMap(chunk -> chunk.apart().stream()).toList(),
        tool,
        placeholders);
  }

  /** The others run in its transaction, as in Flyway's, whatever their settings say. */
  private TransactionMode modeWith(List<Migration> all) {
    return mode == TransactionMode.TRANSACTION
            && all.stream().anyMatch(m -> m.mode() == TransactionMode.ENDS_ITS_TRANSACTION)
        ? TransactionMode.ENDS_ITS_TRANSACTION
        : mode;
  }

  /** Stands for all that was made up to its version. */
  public boolean isBaseline() {
    return tool instanceof ToolIdentity.Flyway flyway && flyway.isBaseline();
  }

  /** Runs again whenever it changed. */
  public boolean isRepeatable() {
    return tool instanceof ToolIdentity.Flyway flyway && flyway.version() == null;
  }
}
