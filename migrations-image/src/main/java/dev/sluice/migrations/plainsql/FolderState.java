package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.adoption.Adoption;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.postgres.FolderLedger.Origin;
import dev.sluice.migrations.postgres.FolderLedger.Row;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a folder, the ledger and the history of the folder's tool stand to each other.
 *
 * @param rows of the ledger, as they are
 * @param history of the folder's tool
 * @param adoption what the tool's history has beyond them
 * @param entered what is entered in the ledger without running
 * @param diff folder and ledger, after that
 */
record FolderState(
    Folder folder,
    List<Row> rows,
    ToolHistory history,
    Adoption adoption,
    Entered entered,
    FolderDiff diff) {
  FolderState {
    rows = List.copyOf(rows);
  }

  /** Migrations that don't run, in the order in which they are entered. */
  record Entered(Origin origin, String from, List<Migration> migrations) {
    static final Entered NOTHING = new Entered(Origin.RUN, "", List.of());

    Entered {
      migrations = List.copyOf(migrations);
    }

    boolean isEmpty() {
      return migrations.isEmpty();
    }
  }

  static FolderState of(
      Folder folder, List<Row> rows, ToolHistory history, Adoption adoption, Entered entered) {
    var then = entered.migrations().stream().map(m -> new Row(m.file(), m.checksum()));
    return new FolderState(
        folder,
        rows,
        history,
        adoption,
        entered,
        FolderDiff.of(folder, Stream.concat(rows.stream(), then).toList()));
  }

  /** The ledger has no migration of the folder. */
  boolean isNew() {
    return FolderDiff.of(folder, rows).pending().size() == folder.migrations().size();
  }

  /** What the database has after all of the folder; the tool's history may list the same. */
  List<String> ahead() {
    return diff.beyond().isEmpty()
        ? adoption.ahead().stream().map(match -> match.row() + " of " + adoption.table()).toList()
        : diff.beyond().stream().map(Migration::nameOf).toList();
  }
}
