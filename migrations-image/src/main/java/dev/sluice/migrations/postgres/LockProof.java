package dev.sluice.migrations.postgres;

/**
 * Shows that a session still has its ledger's lock, which a migration can release by {@code
 * pg_advisory_unlock_all()} or {@code DISCARD ALL}. A transaction takes a second key, which nothing
 * releases before it ends, and for which the next holder of the lock waits. A statement of a proof
 * that fails divides by zero.
 */
public record LockProof(long lock, long transactions) {
  static final String LOST = "22012";

  private static final String HELD =
      "(select count(*) from pg_catalog.pg_locks where (locktype, pid, classid, objid, objsubid)"
          + " = ('advisory', pg_backend_pid(), ?, ?, 1) and granted)";

  /** For the beginning of a transaction: the lock is held, and is proven until it ends. */
  public SqlPart begins() {
    return SqlPart.of(
        "select 1/pg_try_advisory_xact_lock(?)::int/" + HELD, transactions, high(lock), low(lock));
  }

  /** As {@link #begins}, for work that is done already, whether the lock is held still or not. */
  public SqlPart alone() {
    return SqlPart.of("select 1/pg_try_advisory_xact_lock(?)::int", transactions);
  }

  /** For the end of the transaction: it is the one that began. */
  public SqlPart lasts() {
    return SqlPart.of("select 1/" + HELD, high(transactions), low(transactions));
  }

  private static long high(long key) {
    return key >>> 32;
  }

  private static long low(long key) {
    return key & 0xFFFF_FFFFL;
  }

  /** That a statement of the proof failed, if it was one of the proof's. */
  public static boolean isLost(ServerError said) {
    return said.sqlState().equals(LOST);
  }
}
