package dev.sluice.migrations.sql;

/** How a migration has to run. */
public enum TransactionMode {
  /** In one transaction, with its rows in the histories. */
  TRANSACTION,
  /** It holds what can't run in a transaction, or says so: each chunk is on its own. */
  AUTOCOMMIT,
  /** It begins in a transaction, and ends that itself. */
  ENDS_ITS_TRANSACTION
}
