package dev.sluice.migrations.liquibase;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.postgres.Cleanup;
import dev.sluice.migrations.postgres.InvalidIndexes;
import dev.sluice.migrations.postgres.ServerError;
import dev.sluice.migrations.postgres.UnfinishedTable;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import liquibase.changelog.ChangeSet;
import liquibase.database.Database;
import liquibase.exception.DatabaseException;

/**
 * Changesets that no transaction holds ({@code runInTransaction: false}).
 *
 * <ol>
 *   <li>each is entered as unfinished before it begins, and taken out when its row is there
 *   <li>one that failed for good is named in the report, and may be corrected: it is taken out too
 *   <li>one that would be tried again by itself stays, unless it can't have left anything: an
 *       INVALID index of its own is dropped
 * </ol>
 */
final class NonTransactionalChangeSets {
  private static final Pattern CONCURRENTLY =
      Pattern.compile("\\bconcurrently\\b", Pattern.CASE_INSENSITIVE);

  private final Session session;
  private final UnfinishedTable unfinished;
  private final Stop stop;
  private List<String> invalid = List.of();

  NonTransactionalChangeSets(Session session, UnfinishedTable unfinished, Stop stop) {
    this.session = session;
    this.unfinished = unfinished;
    this.stop = stop;
  }

  /** The first of the pending ones that a run began and didn't end. */
  Optional<Failure> cutOff(List<ChangeSet> pending) throws DatabaseException {
    try {
      var marks = unfinished.marks();
      return pending.stream()
          .flatMap(changeSet ->
              marks.stream()
                  .filter(mark -> mark.file().equals(ChangeSetNames.of(changeSet)))
                  .map(mark -> halfApplied(changeSet, mark)))
          .findFirst();
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  private Failure halfApplied(ChangeSet changeSet, UnfinishedTable.Mark mark) {
    return Failure.of(
            Reason.HALF_APPLIED,
            mark.file()
                + " was begun at "
                + mark.since()
                + ", and didn't end: no transaction held it, and what it did until then stays")
        .in(mark.file(), changeSet.getFilePath())
        .hint(unfinished.remedy(mark.file()));
  }

  /** Whether a statement of it may wait by design, as CREATE INDEX CONCURRENTLY does. */
  static boolean waitForOthers(ChangeSet changeSet, Database database) {
    return changeSet.getChanges().stream()
        .flatMap(change -> LiquibasePlan.statements(change, database))
        .anyMatch(sql -> CONCURRENTLY.matcher(sql).find());
  }

  void begin(ChangeSet changeSet) throws DatabaseException {
    invalid = InvalidIndexes.in(session);
    committed(() -> unfinished.begin(ChangeSetNames.of(changeSet), changeSet.getChanges().size()));
  }

  void end(ChangeSet changeSet) throws DatabaseException {
    committed(() -> unfinished.end(ChangeSetNames.of(changeSet)));
  }

  /**
   * What a person has to do before the changeset can run again; empty when it can by itself, or
   * when its failure is named and may be corrected.
   */
  Optional<String> failed(
      ChangeSet changeSet, Database database, ChangeSetSession settings, Exception thrown) {
    var name = ChangeSetNames.of(changeSet);
    try {
      return Cleanup.retried(() -> {
        var connection = session.connection();
        connection.rollback();
        connection.setAutoCommit(true);
        try {
          settings.putBack();
          if (!leftNothing(changeSet, database) && isTriedAgain(thrown)) {
            return Optional.of(unfinished.remedy(name));
          }
          unfinished.end(name);
          return Optional.empty();
        } catch (DatabaseException e) {
          throw ServerError.thrown(e);
        } finally {
          connection.setAutoCommit(false);
        }
      });
    } catch (SQLException _) {
      // the session is lost: the entry stays, and the next run names the changeset
      return Optional.of(unfinished.remedy(name));
    }
  }

  private boolean isTriedAgain(Exception thrown) {
    return stop.cause().isPresent()
        || ServerError.in(thrown).filter(ServerError::mayPass).isPresent();
  }

  /** A single statement is done or not, but for an index, which is dropped where it is ours. */
  private boolean leftNothing(ChangeSet changeSet, Database database) throws SQLException {
    var changes = changeSet.getChanges();
    if (changes.size() != 1 || changes.getFirst().generateStatements(database).length != 1) {
      return false;
    }
    var sent = LiquibasePlan.statements(changes.getFirst(), database).collect(Collectors.joining());
    return InvalidIndexes.found(session).stream()
        .allMatch(index -> invalid.contains(index) || InvalidIndexes.dropped(session, index, sent));
  }

  @FunctionalInterface
  private interface Action {
    void run() throws SQLException;
  }

  private void committed(Action action) throws DatabaseException {
    try {
      action.run();
      commit();
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  private void commit() throws SQLException {
    if (!session.connection().getAutoCommit()) {
      session.connection().commit();
    }
  }
}
