package dev.sluice.migrations.liquibase;

import java.util.List;
import liquibase.change.Change;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.ChangeSet.ExecType;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.exception.DatabaseException;
import liquibase.exception.LiquibaseException;
import liquibase.sql.visitor.SqlVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Writes a changeset's row under the run's own role, whatever role the changeset has left; and
 * gives the changeset what its transaction begins with once more, after Liquibase has rolled back
 * the check of its preconditions.
 */
final class OwnRoleDatabase extends ExactPostgres {
  private @Nullable ChangeSetSession session;
  private final StatementCounter statements;
  private boolean beginsAgain;
  private @Nullable ChangeSet current;
  private @Nullable String isolation;

  OwnRoleDatabase(String ledgerTable, StatementCounter statements) {
    super(ledgerTable);
    this.statements = statements;
  }

  void during(ChangeSetSession run) {
    session = run;
  }

  /** Begins the transaction of a changeset. */
  void begin(ChangeSet changeSet, @Nullable String isolationLevel) throws DatabaseException {
    if (session != null) {
      current = changeSet;
      isolation = isolationLevel;
      session.begin(changeSet, isolation);
      beginsAgain = true;
    }
  }

  /** The changeset has ended, in whatever way. */
  void end() {
    beginsAgain = false;
  }

  @Override
  public void executeStatements(
      Change change, DatabaseChangeLog changelog, List<SqlVisitor> visitors)
      throws LiquibaseException {
    statements.begins(change);
    super.executeStatements(change, changelog, visitors);
    statements.ended();
  }

  @Override
  public void rollback() throws DatabaseException {
    super.rollback();
    if (session != null && beginsAgain && current != null) {
      beginsAgain = false;
      session.begin(current, isolation);
    }
  }

  @Override
  public void markChangeSetExecStatus(ChangeSet changeSet, ExecType execType)
      throws DatabaseException {
    if (session != null) {
      session.takesOwnRole();
    }
    super.markChangeSetExecStatus(changeSet, execType);
  }
}
