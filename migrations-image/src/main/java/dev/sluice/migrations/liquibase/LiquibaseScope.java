package dev.sluice.migrations.liquibase;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.engine.ChangelogUse;
import dev.sluice.migrations.postgres.Ledger;
import dev.sluice.migrations.postgres.ServerNotices;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Stream;
import liquibase.GlobalConfiguration;
import liquibase.Scope;
import liquibase.changelog.ChangeLogHistoryService;
import liquibase.changelog.ChangeLogHistoryServiceFactory;
import liquibase.exception.DatabaseException;
import liquibase.exception.LiquibaseException;
import liquibase.executor.ExecutorService;
import liquibase.parser.ChangeLogParserConfiguration;

/** What Liquibase's own code finds around it: session, files, the changelog's classes, no log. */
final class LiquibaseScope implements AutoCloseable {
  private final OwnRoleDatabase database;
  private final boolean exactSchemas;
  private final DeferredCommitConnection connection;
  private final ChangelogFiles files;
  private final URLClassLoader classes;
  private final ChangelogUse use;
  private final ServerNotices notices;
  private final ReplayedStatements replayed = new ReplayedStatements();
  private final StatementCounter statements;

  LiquibaseScope(Session session, Ledger ledger, Path root, ChangelogUse use, ServerNotices notices)
      throws IOException, DatabaseException, SQLException {
    this.use = use;
    this.statements = new StatementCounter();
    this.database = new OwnRoleDatabase(ledger.table(), statements);
    statements.setDatabase(database);
    // where no schema has capitals Liquibase folds names as always
    this.exactSchemas =
        Stream.of(ledger.schema(), String.valueOf(session.connection().getSchema()))
            .anyMatch(ExactPostgres::hasCapitals);
    this.notices = notices;
    this.connection = new DeferredCommitConnection(connection(session, root));
    this.files = new ChangelogFiles(root);
    database.setConnection(connection);
    database.setLiquibaseSchemaName(ledger.schema());
    database.setDatabaseChangeLogTableName(ledger.table());
    this.classes =
        switch (use) {
          case LOOK -> ChangelogClasses.none();
          case APPLY, REPLAY -> ChangelogClasses.below(root);
        };
  }

  /** Classes of the changelog's may want to see what their statements come to. */
  private Connection connection(Session session, Path root) {
    var connection =
        use == ChangelogUse.LOOK || ChangelogClasses.areBelow(root)
            ? session.connection()
            : new DroppedResults(session, notices).on(session.connection());
    return use == ChangelogUse.REPLAY ? replayed.watched(connection) : connection;
  }

  ServerNotices notices() {
    return notices;
  }

  OwnRoleDatabase database() {
    return database;
  }

  StatementCounter statements() {
    return statements;
  }

  boolean onlyLooks() {
    return use == ChangelogUse.LOOK;
  }

  /** The changelog's own changes aren't executed. */
  boolean unloadsChanges() {
    return use != ChangelogUse.APPLY;
  }

  ReplayedStatements replayed() {
    return replayed;
  }

  DeferredCommitConnection connection() {
    return connection;
  }

  ChangelogFiles files() {
    return files;
  }

  /** The history as the database has it now; to be called inside of {@link #call}. */
  ChangeLogHistoryService freshHistory() throws DatabaseException {
    var history =
        Scope.getCurrentScope()
            .getSingleton(ChangeLogHistoryServiceFactory.class)
            .getChangeLogService(database);
    history.reset();
    return history;
  }

  <T> T call(Scope.ScopedRunnerWithReturn<T> action) throws Exception {
    var values =
        Map.<String, Object>of(
            Scope.Attr.logService.name(),
            SilentLogging.log(),
            Scope.Attr.ui.name(),
            SilentLogging.ui(),
            Scope.Attr.resourceAccessor.name(),
            files,
            Scope.Attr.classLoader.name(),
            classes,
            Scope.Attr.database.name(),
            database,
            UnloadedCustomChange.LOOKING,
            use != ChangelogUse.APPLY,
            ChangeLogParserConfiguration.SUPPORT_PROPERTY_ESCAPING.getKey(),
            true,
            GlobalConfiguration.PRESERVE_SCHEMA_CASE.getKey(),
            exactSchemas,
            "liquibase.analytics.enabled",
            false);
    return Scope.child(
        values,
        () -> {
          Scope.getCurrentScope()
              .getSingleton(ExecutorService.class)
              .setExecutor("jdbc", database, statements);
          return action.run();
        });
  }

  void leaveTransaction() {
    try {
      database.rollback();
      connection.setAutoCommit(true);
      Scope.getCurrentScope().getSingleton(ChangeLogHistoryServiceFactory.class).resetAll();
    } catch (LiquibaseException _) {
      // the session is lost, and its transaction with it
    }
  }

  /** The classes of the changelog can't be loaded any more. */
  @Override
  public void close() {
    leaveTransaction();
    try {
      classes.close();
    } catch (IOException _) {
      // nothing is read from its jars any more
    }
  }
}
