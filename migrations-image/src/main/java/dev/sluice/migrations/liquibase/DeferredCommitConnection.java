package dev.sluice.migrations.liquibase;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.DatabaseException;
import org.jspecify.annotations.Nullable;

/**
 * Liquibase commits a changeset, and then once more its ledger row: a crash in between makes every
 * later run fail. Here commits are put off until both are done.
 */
final class DeferredCommitConnection extends JdbcConnection {
  private boolean putOff;
  private @Nullable ReplayedStatements replayed;

  DeferredCommitConnection(Connection connection) {
    super(connection);
  }

  /** From here on its statements are those of a replay. */
  void watchedBy(ReplayedStatements statements) {
    replayed = statements;
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

  @Override
  public Statement createStatement() throws DatabaseException {
    var statement = super.createStatement();
    return replayed == null ? statement : replayed.watched(statement);
  }

  @Override
  public PreparedStatement prepareStatement(String sql) throws DatabaseException {
    var statement = super.prepareStatement(sql);
    return replayed == null ? statement : replayed.watched(statement, sql);
  }

  @Override
  public CallableStatement prepareCall(String sql) throws DatabaseException {
    var statement = super.prepareCall(sql);
    return replayed == null ? statement : replayed.watched(statement, sql);
  }
}
