package dev.sluice.migrations.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out how a migration has to run, by what it holds: statement by statement. */
public final class TransactionModes {
  private boolean noTransaction;
  private @Nullable String isolation;
  private @Nullable TransactionMode other;
  private boolean isFirst = true;

  public static TransactionMode of(List<SqlScan> scans) {
    return looked(scans).mode();
  }

  public static @Nullable String isolation(List<SqlScan> scans) {
    return looked(scans).isolation();
  }

  private static TransactionModes looked(List<SqlScan> scans) {
    var modes = new TransactionModes();
    for (var scan : scans) {
      scan.statements().forEach(modes::add);
      modes.add(scan);
    }
    return modes;
  }

  /** In their order. */
  public void add(SqlStatement statement) {
    if (isFirst) {
      isFirst = false;
      isolation = statement.setsIsolation() ? statement.text() : null;
    }
    if (other == null) {
      other =
          statement.endsTransaction()
              ? TransactionMode.ENDS_ITS_TRANSACTION
              : (statement.needsAutocommit() ? TransactionMode.AUTOCOMMIT : null);
    }
  }

  /** What it says beside its statements. */
  public void add(SqlScan scan) {
    noTransaction |= scan.noTransaction();
  }

  public TransactionMode mode() {
    if (noTransaction) {
      return TransactionMode.AUTOCOMMIT;
    }
    return other == null ? TransactionMode.TRANSACTION : other;
  }

  /** The statement that sets the isolation level, where it is the first. */
  public @Nullable String isolation() {
    return isolation;
  }

  /** One statement, or several that nothing commits in between; not a commit that begins anew. */
  public static boolean isAtomic(List<SqlStatement> statements) {
    return statements.stream()
        .noneMatch(s -> s.endsTransaction() && (statements.size() > 1 || s.isChained()));
  }
}
