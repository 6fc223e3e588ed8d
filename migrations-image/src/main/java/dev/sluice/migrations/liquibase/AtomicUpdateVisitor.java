package dev.sluice.migrations.liquibase;

import dev.sluice.migrations.engine.Replay;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.event.RunEvent;
import dev.sluice.migrations.postgres.ServerNotices;
import dev.sluice.migrations.report.Failure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liquibase.change.AbstractSQLChange;
import liquibase.change.Change;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.ChangeSet.ExecType;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.filter.ChangeSetFilterResult;
import liquibase.changelog.filter.ShouldRunChangeSetFilter;
import liquibase.changelog.visitor.UpdateVisitor;
import liquibase.database.Database;
import liquibase.exception.DatabaseException;
import liquibase.exception.LiquibaseException;
import org.jspecify.annotations.Nullable;

/** Runs one changeset after the other, each with its ledger row in one commit. */
final class AtomicUpdateVisitor extends UpdateVisitor {
  private static final Pattern ISOLATION =
      Pattern.compile(
          "(?is)^\\s*set\\s+(local\\s+|session\\s+)?transaction(_isolation\\b|\\s+isolation\\b)"
              + "[a-z\\s=']+");

  private final OwnRoleDatabase database;
  private final DeferredCommitConnection connection;
  private final ShouldRunChangeSetFilter filter;
  private final ChangeSetSession session;
  private final NonTransactionalChangeSets openEnded;
  private final RunContext context;
  private final int pending;
  private final Replay replay;
  private final ReplayedStatements replayed;
  private final ServerNotices notices;
  private final List<String> applied = new ArrayList<>();
  private final Set<String> passedOver = new HashSet<>();
  private int number;
  private final ChangelogFiles files;
  private @Nullable ChangeSet current;
  private final StatementCounter statements;
  private Optional<StatementPlace> placed = Optional.empty();
  private Optional<String> remedy = Optional.empty();

  AtomicUpdateVisitor(
      LiquibaseScope scope,
      ShouldRunChangeSetFilter filter,
      ChangeSetSession session,
      NonTransactionalChangeSets openEnded,
      RunContext context,
      int pending,
      Replay replay) {
    super(scope.database(), null, filter);
    this.database = scope.database();
    this.connection = scope.connection();
    this.files = scope.files();
    this.filter = filter;
    this.session = session;
    this.openEnded = openEnded;
    this.context = context;
    this.pending = pending;
    this.replay = replay;
    this.replayed = scope.replayed();
    this.statements = scope.statements();
    this.notices = scope.notices();
  }

  List<String> applied() {
    return applied;
  }

  Set<String> passedOver() {
    return passedOver;
  }

  /** The one that runs, or the one that failed. */
  @Nullable ChangeSet current() {
    return current;
  }

  /** Where the one that failed did. */
  Failure withPlace(Failure failure) {
    return placed.map(place -> place.in(failure)).orElse(failure);
  }

  /** What a person has to do before the one that failed can run again. */
  Optional<String> remedy() {
    return remedy;
  }

  @Override
  public void visit(
      ChangeSet changeSet,
      DatabaseChangeLog changelog,
      Database database,
      Set<ChangeSetFilterResult> reasons)
      throws LiquibaseException {
    if (context.stop().cause().isPresent()) {
      throw new StoppedException();
    }
    if (!filter.accepts(changeSet).isAccepted()) {
      // only an old checksum may be brought up to date
      super.visit(changeSet, changelog, database, reasons);
      return;
    }
    current = changeSet;
    number++;
    var name = ChangeSetNames.of(changeSet);
    context.events().on(new RunEvent.Began(number, pending, name));
    var started = System.nanoTime();
    var leftOut = replay.leftOut(name, ReplayedChanges.texts(changeSet));
    String how;
    try {
      how =
          leftOut.isPresent()
              ? enteredOnly(changeSet, leftOut.get())
              : replayed(changeSet, changelog, database, reasons);
    } finally {
      notices.ended();
    }
    var took = Duration.ofNanos(System.nanoTime() - started);
    context.events().on(new RunEvent.Ended(number, pending, name, how, took));
    current = null;
  }

  /** Past its failure, where whoever follows a replay wants that. */
  private String replayed(
      ChangeSet changeSet,
      DatabaseChangeLog changelog,
      Database database,
      Set<ChangeSetFilterResult> reasons)
      throws LiquibaseException {
    if (!replay.isWatched()) {
      return run(changeSet, changelog, database, reasons);
    }
    ReplayedChanges.withoutWhatIsNoSql(changeSet, replay);
    while (true) {
      try {
        return run(changeSet, changelog, database, reasons);
      } catch (LiquibaseException e) {
        replayed.drop();
        var failure = withPlace(LiquibaseFailures.of(e, changeSet));
        var mended = replay.mended(failure);
        if (!mended && replay.after(failure) == Replay.AfterFailure.STOP) {
          throw e;
        }
        rollBack();
        if (!mended) {
          return enteredOnly(changeSet, "failed");
        }
      }
    }
  }

  private void rollBack() throws DatabaseException {
    connection.dropPutOff();
    connection.rollback();
  }

  /** It isn't run, and counts as applied. */
  private String enteredOnly(ChangeSet changeSet, String why) throws DatabaseException {
    database.markChangeSetExecStatus(changeSet, ExecType.MARK_RAN);
    connection.commitForGood();
    return why;
  }

  private String run(
      ChangeSet changeSet,
      DatabaseChangeLog changelog,
      Database database,
      Set<ChangeSetFilterResult> reasons)
      throws LiquibaseException {
    statements.beginsAnew();
    try {
      return ran(changeSet, changelog, database, reasons);
    } catch (LiquibaseException | RuntimeException e) {
      placed = StatementPlace.of(changeSet, statements, files, e);
      throw e;
    }
  }

  private String ran(
      ChangeSet changeSet,
      DatabaseChangeLog changelog,
      Database database,
      Set<ChangeSetFilterResult> reasons)
      throws LiquibaseException {
    if (changeSet.isRunInTransaction()) {
      connection.putOffCommits();
      try {
        this.database.begin(changeSet, isolation(changeSet, database));
        super.visit(changeSet, changelog, database, reasons);
        connection.commitForGood();
      } finally {
        connection.dropPutOff();
        this.database.end();
      }
    } else {
      session.begin(changeSet, null);
      openEnded.begin(changeSet);
      if (NonTransactionalChangeSets.waitForOthers(changeSet, database)) {
        session.waitsForOthers();
        connection.commitForGood();
      }
      try {
        super.visit(changeSet, changelog, database, reasons);
        connection.commitForGood();
      } catch (LiquibaseException | RuntimeException e) {
        remedy = openEnded.failed(changeSet, database, session, e);
        throw e;
      }
      openEnded.end(changeSet);
    }
    ended(changeSet);
    return entered(changeSet);
  }

  private void ended(ChangeSet changeSet) throws DatabaseException {
    try {
      replayed.ended(changeSet);
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /** What it sets by its first statement. */
  private static @Nullable String isolation(ChangeSet changeSet, Database database) {
    return changeSet.getChanges().stream()
        .limit(1)
        .filter(AtomicUpdateVisitor::mayIsolate)
        .flatMap(change -> LiquibasePlan.statements(change, database))
        .findFirst()
        .map(ISOLATION::matcher)
        .filter(Matcher::find)
        .map(Matcher::group)
        .orElse(null);
  }

  /** A large text is split into its statements only where it has such a one. */
  private static boolean mayIsolate(Change change) {
    return !(change instanceof AbstractSQLChange sql)
        || sql.getSql() == null
        || sql.getSql().toLowerCase(Locale.ROOT).contains("isolation");
  }

  private String entered(ChangeSet changeSet) {
    var how = changeSet.getAttribute("updateExecType");
    var name = ChangeSetNames.of(changeSet);
    if (how == ExecType.SKIPPED) {
      passedOver.add(name);
      return PreconditionText.saying(
          changeSet.getPreconditions(), false, "passed over, its precondition says CONTINUE");
    }
    if (how == ExecType.FAILED) {
      passedOver.add(name);
      return "failed, and failOnError is false";
    }
    applied.add(name);
    return how == ExecType.MARK_RAN
        ? PreconditionText.saying(changeSet.getPreconditions(), false, "marked as ran")
        : "";
  }
}
