package dev.sluice.migrations.liquibase;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import liquibase.change.Change;
import liquibase.database.Database;
import liquibase.exception.DatabaseException;
import liquibase.executor.jvm.JdbcExecutor;
import liquibase.sql.visitor.SqlVisitor;
import liquibase.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Sends statements as Liquibase does, and knows which one of a changeset is on its way. */
final class StatementCounter extends JdbcExecutor {
  private static final String NUL =
      "it has a NUL character, which no statement can have: is its file UTF-16?";
  private static final String INVALID_CHARACTER = "22021";

  private @Nullable Change change;
  private int sent;
  private int sentOfChange;

  /** Another changeset. */
  void beginsAnew() {
    change = null;
    sent = 0;
  }

  /** What is sent from here on is the change's. */
  void begins(Change next) {
    change = next;
    sentOfChange = 0;
  }

  void ended() {
    change = null;
  }

  Database database() {
    return database;
  }

  /** The one that is under way, or failed. */
  Optional<Change> change() {
    return Optional.ofNullable(change);
  }

  /** Which statement of the changeset, from 1. */
  int number() {
    return sent;
  }

  /** Which statement of the change, from 1. */
  int numberInChange() {
    return sentOfChange;
  }

  /** The server would take the message for one that is cut off. */
  @Override
  protected String[] applyVisitors(SqlStatement statement, List<SqlVisitor> visitors)
      throws DatabaseException {
    var all = super.applyVisitors(statement, visitors);
    for (var sql : all) {
      if (sql.indexOf('\0') >= 0) {
        throw new DatabaseException(new SQLException(NUL, INVALID_CHARACTER));
      }
    }
    return all;
  }

  @Override
  public void execute(SqlStatement statement, List<SqlVisitor> visitors) throws DatabaseException {
    if (change != null) {
      sent++;
      sentOfChange++;
    }
    super.execute(statement, visitors);
  }
}
