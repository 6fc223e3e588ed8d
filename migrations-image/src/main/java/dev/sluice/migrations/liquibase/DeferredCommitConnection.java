package dev.sluice.migrations.liquibase;

import java.sql.Connection;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.DatabaseException;

/**
 * Liquibase commits a changeset, and then once more its ledger row: a crash in between makes every
 * later run fail. Here commits are put off until both are done.
 */
final class DeferredCommitConnection extends JdbcConnection {
  private boolean putOff;

  DeferredCommitConnection(Connection connection) {
    super(connection);
  }

  void putOffCommits() {
    putOff = true;
  }

  void commitForGood() throws DatabaseException {
    putOff = false;
    commit();
  }

  void dropPutOff() {
    putOff = false;
  }

  @Override
  public void commit() throws DatabaseException {
    if (!putOff) {
      super.commit();
    }
  }
}
