package dev.sluice.migrations.engine;

import dev.sluice.migrations.database.Ledger;
import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.database.Unfinished;
import dev.sluice.migrations.plan.Plan;
import dev.sluice.migrations.plan.Step;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.RuntimeEnvironment;
import liquibase.Scope;
import liquibase.changelog.ChangeLogHistoryServiceFactory;
import liquibase.changelog.ChangeLogIterator;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.filter.ChangeSetFilter;
import liquibase.changelog.filter.ContextChangeSetFilter;
import liquibase.changelog.filter.DbmsChangeSetFilter;
import liquibase.changelog.filter.IgnoreChangeSetFilter;
import liquibase.changelog.filter.LabelChangeSetFilter;
import liquibase.changelog.filter.ShouldRunChangeSetFilter;
import liquibase.database.core.PostgresDatabase;
import liquibase.exception.LiquibaseException;
import liquibase.parser.ChangeLogParserFactory;
import liquibase.parser.core.xml.XMLChangeLogSAXParser;
import org.jspecify.annotations.Nullable;

/** Liquibase, for one changelog on one session. Its command framework isn't used: only its core. */
final class LiquibaseEngine implements Engine {
  private final Changelog changelog;
  private final OpenEnded openEnded;
  private final Stop stop;
  private final Progress progress;
  private final WorkConnection connection;
  private final PostgresDatabase database = new PostgresDatabase();
  private final ChangelogFiles files;
  private final URLClassLoader classes;
  private final Contexts contexts;
  private final LabelExpression labels;
  private final DatabaseChangeLog parsed;

  LiquibaseEngine(Session session, Ledger ledger, Changelog changelog, Stop stop, Progress progress)
      throws Exception {
    this.changelog = changelog;
    this.openEnded = new OpenEnded(session, new Unfinished(session, ledger), stop);
    this.stop = stop;
    this.progress = progress;
    this.connection = new WorkConnection(session.connection());
    this.files = files(changelog);
    this.classes = OwnClasses.below(changelog.root());
    this.contexts = new Contexts(changelog.contexts());
    this.labels = new LabelExpression(changelog.labels());
    this.parsed =
        scoped(() -> {
          database.setConnection(connection);
          database.setLiquibaseSchemaName(ledger.schema());
          database.setDatabaseChangeLogTableName(ledger.table());
          return parse();
        });
  }

  /** Reads the changelog; the database is only asked for its kind and version. */
  static Reading read(
      Session session, Ledger ledger, Changelog changelog, Stop stop, Progress progress) {
    try {
      var engine = new LiquibaseEngine(session, ledger, changelog, stop, progress);
      return engine
          .nameless()
          .<Reading>map(Reading.Unreadable::new)
          .orElseGet(() -> new Reading.Read(engine));
    } catch (Exception e) {
      return new Reading.Unreadable(failure(e, null, progress));
    }
  }

  /** Liquibase finds out only when it writes the row. */
  private Optional<Failure> nameless() {
    return parsed.getChangeSets().stream()
        .filter(changeSet -> changeSet.getId() == null || changeSet.getAuthor() == null)
        .map(ChangeSet::getFilePath)
        .findFirst()
        .map(file ->
            Failure.of(Reason.CHANGELOG_INVALID, file + ": a changeset lacks its id or its author")
                .in(null, file));
  }

  @Override
  public void close() {
    try {
      database.rollback();
      connection.setAutoCommit(true);
      Scope.getCurrentScope().getSingleton(ChangeLogHistoryServiceFactory.class).resetAll();
    } catch (LiquibaseException _) {
      // the session is lost, and its transaction with it
    }
    try {
      classes.close();
    } catch (IOException _) {
      // nothing is read from its jars any more
    }
  }

  @Override
  public boolean readOutsideOfTheRoot() {
    return files.leftTheRoot();
  }

  @Override
  public List<String> remarks() {
    return sqlFilesWithoutChangeSets().stream()
        .map(file ->
            file
                + ": no changeset was found in it; see its headers, \"--liquibase formatted sql\""
                + " and \"--changeset author:id\"")
        .toList();
  }

  /** Most often it is a typo in a header. */
  private Set<String> sqlFilesWithoutChangeSets() {
    var without = new TreeSet<>(files.sqlFilesRead());
    parsed.getChangeSets().forEach(changeSet -> without.remove(changeSet.getFilePath()));
    parsed.getChangeSets().stream()
        .filter(LiquibaseEngine::isRaw)
        .forEach(c -> without.add(c.getFilePath()));
    return without;
  }

  private static boolean isRaw(ChangeSet changeSet) {
    return changeSet.getId().equals("raw") && changeSet.getAuthor().equals("includeAll");
  }

  @Override
  public Optional<Failure> objection() {
    try {
      return scoped(() -> {
        parsed.validate(database, contexts, labels);
        return openEnded.cutOff(pendingChangeSets());
      });
    } catch (Exception e) {
      return Optional.of(failure(e));
    }
  }

  @Override
  public Failure failure(Exception thrown) {
    return failure(thrown, null, progress);
  }

  @Override
  public Pending pending() throws Exception {
    return scoped(() -> {
      var history = Scope.getCurrentScope().getSingleton(ChangeLogHistoryServiceFactory.class);
      history.getChangeLogService(database).reset();
      var total = visited(filters()).size();
      return new Pending(
          total,
          pendingChangeSets().stream()
              .map(c -> new Pending.Item(Names.of(c), c.shouldAlwaysRun()))
              .toList());
    });
  }

  @Override
  public Plan plan() throws Exception {
    return scoped(() -> {
      var history = Scope.getCurrentScope().getSingleton(ChangeLogHistoryServiceFactory.class);
      history.getChangeLogService(database).reset();
      return LiquibasePlan.of(pendingChangeSets(), parsed, database.getRanChangeSetList());
    });
  }

  @Override
  public List<String> statements(Step step) throws Exception {
    return scoped(() -> LiquibasePlan.statements(parsed, step, database));
  }

  /** Of the ledger of another Liquibase, which has run before. */
  Differences differences(String table) throws Exception {
    return scoped(() -> LiquibaseCheck.differences(table, database, visited(filters())));
  }

  @Override
  public Updated update() {
    OneCommit[] visitor = new OneCommit[1];
    try {
      return scoped(() -> {
        var history = Scope.getCurrentScope().getSingleton(ChangeLogHistoryServiceFactory.class);
        history.getChangeLogService(database).reset();
        history.getChangeLogService(database).init();
        parsed.validate(database, contexts, labels);
        var shouldRun = new ShouldRunChangeSetFilter(database);
        var pending = pendingChangeSets();
        var cutOff = openEnded.cutOff(pending);
        if (cutOff.isPresent()) {
          return new Updated(List.of(), Set.of(), cutOff);
        }
        var run =
            new OneCommit(
                database, connection, shouldRun, openEnded, stop, progress, pending.size());
        visitor[0] = run;
        iterator(filters()).run(run, environment());
        return new Updated(run.applied(), run.passedOver(), Optional.empty());
      });
    } catch (Exception e) {
      var run = visitor[0];
      var failure = failure(e, run == null ? null : run.current(), progress);
      return run == null
          ? new Updated(List.of(), Set.of(), Optional.of(failure))
          : new Updated(run.applied(), run.passedOver(), Optional.of(failure));
    }
  }

  static Failure failure(Exception e, @Nullable ChangeSet current, Progress progress) {
    var failure = LiquibaseFailures.of(e, current);
    if (failure.reason() == Reason.INTERNAL) {
      StackTrace.of(e).forEach(progress::warn);
    }
    return failure;
  }

  private DatabaseChangeLog parse() throws LiquibaseException {
    var parser = ChangeLogParserFactory.getInstance().getParser(changelog.path(), files);
    if (parser instanceof XMLChangeLogSAXParser xml) {
      xml.setShouldWarnOnMismatchedXsdVersion(false);
    }
    return parser.parse(changelog.path(), Parameters.of(database, contexts, labels), files);
  }

  private List<ChangeSetFilter> filters() {
    return new ArrayList<>(
        List.of(
            new ContextChangeSetFilter(contexts),
            new LabelChangeSetFilter(labels),
            new DbmsChangeSetFilter(database),
            new IgnoreChangeSetFilter()));
  }

  private List<ChangeSet> pendingChangeSets() throws LiquibaseException {
    var filters = filters();
    filters.add(new ShouldRunChangeSetFilter(database));
    return visited(filters);
  }

  private List<ChangeSet> visited(List<ChangeSetFilter> filters) throws LiquibaseException {
    var collector = new Collector();
    iterator(filters).run(collector, environment());
    return collector.changeSets();
  }

  private ChangeLogIterator iterator(List<ChangeSetFilter> filters) {
    return new ChangeLogIterator(parsed, filters.toArray(ChangeSetFilter[]::new));
  }

  private RuntimeEnvironment environment() {
    return new RuntimeEnvironment(database, contexts, labels);
  }

  private static ChangelogFiles files(Changelog changelog) throws FileNotFoundException {
    return new ChangelogFiles(changelog.root());
  }

  private <T> T scoped(Scope.ScopedRunnerWithReturn<T> action) throws Exception {
    var values =
        Map.<String, Object>of(
            Scope.Attr.logService.name(),
            Silence.log(),
            Scope.Attr.ui.name(),
            Silence.ui(),
            Scope.Attr.resourceAccessor.name(),
            files,
            Scope.Attr.classLoader.name(),
            classes,
            Scope.Attr.database.name(),
            database,
            "liquibase.analytics.enabled",
            false);
    return Scope.child(values, action);
  }
}
