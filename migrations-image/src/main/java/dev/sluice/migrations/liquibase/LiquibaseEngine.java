package dev.sluice.migrations.liquibase;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.engine.ChangelogUse;
import dev.sluice.migrations.engine.DatabaseAhead;
import dev.sluice.migrations.engine.Differences;
import dev.sluice.migrations.engine.Engine;
import dev.sluice.migrations.engine.Pending;
import dev.sluice.migrations.engine.Replay;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.engine.RunRequest;
import dev.sluice.migrations.engine.StackTrace;
import dev.sluice.migrations.engine.UpdateResult;
import dev.sluice.migrations.plan.Plan;
import dev.sluice.migrations.plan.PlanStep;
import dev.sluice.migrations.postgres.Ledger;
import dev.sluice.migrations.postgres.LockProof;
import dev.sluice.migrations.postgres.OtherLedgers;
import dev.sluice.migrations.postgres.ServerNotices;
import dev.sluice.migrations.postgres.UnfinishedTable;
import dev.sluice.migrations.report.Exit;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.filter.ShouldRunChangeSetFilter;
import liquibase.exception.ChangeLogParseException;
import liquibase.exception.LiquibaseException;
import liquibase.exception.ValidationFailedException;
import org.jspecify.annotations.Nullable;

/** Liquibase, for one changelog on one session. Its command framework isn't used: only its core. */
public final class LiquibaseEngine implements Engine {
  private final Session session;
  private final Ledger ledger;
  private final RunRequest request;
  private final LiquibaseScope scope;
  private final ParsedChangelog parsed;
  private final NonTransactionalChangeSets openEnded;
  private final RunContext context;

  private LiquibaseEngine(
      Session session,
      Ledger ledger,
      RunRequest request,
      LiquibaseScope scope,
      ParsedChangelog parsed,
      NonTransactionalChangeSets openEnded,
      RunContext context) {
    this.session = session;
    this.ledger = ledger;
    this.request = request;
    this.scope = scope;
    this.parsed = parsed;
    this.openEnded = openEnded;
    this.context = context;
  }

  public static Opening open(
      Session session, Ledger ledger, RunRequest request, RunContext context, ChangelogUse use) {
    try {
      var engine = of(session, ledger, request, context, use);
      var nameless = engine.parsed.nameless();
      if (nameless.isPresent()) {
        engine.close();
        return new Opening.Failed(nameless.get());
      }
      return new Opening.Opened(engine);
    } catch (Exception | Error e) {
      return new Opening.Failed(failure(e, null, context));
    }
  }

  /** Reads the changelog; the database is only asked for its kind and version. */
  static LiquibaseEngine of(
      Session session, Ledger ledger, RunRequest request, RunContext context, ChangelogUse use)
      throws Exception {
    var changelog = request.changelog();
    var notices = new ServerNotices(context.events());
    var scope = new LiquibaseScope(session, ledger, changelog.root(), use, notices);
    try {
      var parsed =
          scope.call(() -> {
            if (scope.unloadsChanges()) {
              UnloadedCustomChange.standsIn();
            }
            return ParsedChangelog.of(changelog, scope.files(), scope.database());
          });
      if (scope.unloadsChanges()) {
        parsed.trustUnloadedChanges();
      }
      scope.files().haveAllBeenBelowTheRoot();
      var openEnded =
          new NonTransactionalChangeSets(
              session, new UnfinishedTable(session, ledger), context.stop());
      return new LiquibaseEngine(session, ledger, request, scope, parsed, openEnded, context);
    } catch (StackOverflowError e) {
      scope.close();
      throw new ChangeLogParseException(
          "changelogs include each other: " + String.join(", ", scope.files().readAgain()), e);
    } catch (Exception | Error e) {
      scope.close();
      throw e;
    }
  }

  @Override
  public void leaveTransaction() {
    scope.leaveTransaction();
  }

  @Override
  public void close() {
    scope.close();
  }

  @Override
  public boolean dependsOnMore() {
    return scope.files().leftTheRoot();
  }

  @Override
  public boolean bringsClasses() {
    return ChangelogClasses.areBelow(request.changelog().root());
  }

  @Override
  public List<String> remarks() {
    return parsed.without(scope.files().sqlFilesRead()).stream()
        .map(file ->
            file
                + ": no changeset was found in it; see its headers, \"--liquibase formatted sql\""
                + " and \"--changeset author:id\"")
        .toList();
  }

  @Override
  public Optional<Failure> objection() {
    try {
      return scope.call(() -> {
        validated(parsed::look);
        return standingAgainst(parsed.pending());
      });
    } catch (Exception | Error e) {
      return Optional.of(failure(e, null, context));
    }
  }

  /** Found out before the first of them runs. */
  private Optional<Failure> standingAgainst(List<ChangeSet> pending) throws Exception {
    var elsewhere = knownElsewhere(pending);
    if (elsewhere.isPresent()) {
      return elsewhere;
    }
    new FileReferences(scope.files()).mustBeBelowTheRoot(pending);
    var refused = ForPsql.in(pending);
    var cutOff = refused.isPresent() ? refused : openEnded.cutOff(pending);
    if (cutOff.isPresent()) {
      return cutOff;
    }
    var ahead =
        request.policy().aheadAllowed()
            ? Optional.<Failure>empty()
            : DatabaseAhead.refused(rowsAhead(), request.policy());
    return ahead.isPresent()
        ? ahead
        : new MissingProperties(parsed, scope.database())
            .in(
                pending,
                () -> ParsedChangelog.marked(request.changelog(), scope.files(), scope.database()));
  }

  /** Asked before the first changeset only. */
  private Optional<Failure> knownElsewhere(List<ChangeSet> pending) throws Exception {
    if (pending.size() < parsed.changeSets().size()) {
      return Optional.empty();
    }
    var elsewhere = new ChangeSetsElsewhere(pending);
    var path = elsewhere.underAnotherPath(scope.database().getRanChangeSetList());
    return path.isPresent() || request.choosesLedgerSchema()
        ? path
        : elsewhere.inAnotherSchema(new OtherLedgers(session, ledger));
  }

  @FunctionalInterface
  private interface Validation {
    void run() throws LiquibaseException;
  }

  private void validated(Validation validation)
      throws LiquibaseException, OutsideOfTheRootException {
    try {
      validation.run();
    } catch (ValidationFailedException e) {
      scope.files().haveAllBeenBelowTheRoot();
      throw e;
    }
  }

  @Override
  public Pending pending() throws Exception {
    return scope.call(() -> {
      var _ = scope.freshHistory();
      return new Pending(
          parsed.changeSets().size(),
          parsed.pending().stream()
              .map(c -> new Pending.Item(ChangeSetNames.of(c), c.shouldAlwaysRun()))
              .toList());
    });
  }

  @Override
  public List<String> ahead() throws Exception {
    return scope.call(() -> {
      var _ = scope.freshHistory();
      return rowsAhead();
    });
  }

  private List<String> rowsAhead() throws LiquibaseException {
    return new RowsAhead(parsed.root().getChangeSets(), scope.database().getRanChangeSetList())
        .names();
  }

  @Override
  public Plan plan() throws Exception {
    return scope.call(() -> {
      var _ = scope.freshHistory();
      return LiquibasePlan.of(
          parsed.pending(), parsed.root(), scope.database().getRanChangeSetList());
    });
  }

  @Override
  public List<String> conditions() {
    return PreconditionText.of(parsed.root().getPreconditions());
  }

  @Override
  public List<String> statements(PlanStep step) throws Exception {
    return scope.call(() -> LiquibasePlan.statements(parsed.root(), step, scope.database()));
  }

  /** What this changelog has and a ledger doesn't that another Liquibase has written. */
  Differences differences(String table) throws Exception {
    return scope.call(() -> LedgerDifferences.of(table, parsed.changeSets(), scope.database()));
  }

  @Override
  public UpdateResult update(LockProof lock) {
    return replay(lock, Replay.NONE);
  }

  @Override
  public UpdateResult replay(LockProof lock, Replay replay) {
    AtomicUpdateVisitor[] visitor = new AtomicUpdateVisitor[1];
    try {
      return scope.call(() -> {
        scope.freshHistory().init();
        validated(parsed::validate);
        var shouldRun = new ShouldRunChangeSetFilter(scope.database());
        var pending = parsed.pending();
        var objection = standingAgainst(pending);
        if (objection.isPresent()) {
          return new UpdateResult(List.of(), Set.of(), objection);
        }
        scope.replayed().followedBy(replay);
        var changeSets = new ChangeSetSession(session, lock, scope.replayed());
        scope.database().during(changeSets);
        visitor[0] =
            new AtomicUpdateVisitor(
                scope, shouldRun, changeSets, openEnded, context, pending.size(), replay);
        parsed.visit(visitor[0]);
        return new UpdateResult(visitor[0].applied(), visitor[0].passedOver(), Optional.empty());
      });
    } catch (Exception | Error e) {
      var run = visitor[0];
      var failure = failure(e, run == null ? null : run.current(), context);
      return run == null
          ? new UpdateResult(List.of(), Set.of(), Optional.of(failure))
          : new UpdateResult(
              run.applied(),
              run.passedOver(),
              Optional.of(withRemedy(run.withPlace(failure), run)));
    }
  }

  /** Its history is the ledger itself. */
  @Override
  public UpdateResult takeOver(LockProof lock) {
    return new UpdateResult(
        List.of(),
        Set.of(),
        Optional.of(
            Failure.of(
                    Reason.CONFIGURATION_INVALID,
                    "a Liquibase changelog keeps its history in the ledger: there is no other to"
                        + " take over")
                .hint("run sluice migrate; what the ledger has doesn't run again")));
  }

  /** No other run can go on before a person has seen what is left. */
  private static Failure withRemedy(Failure failure, AtomicUpdateVisitor run) {
    return run.remedy().map(words -> failure.exit(Exit.PERMANENT).hint(words)).orElse(failure);
  }

  @Override
  public Failure failure(Exception thrown) {
    return failure(thrown, null, context);
  }

  static Failure failure(Throwable thrown, @Nullable ChangeSet current, RunContext context) {
    var failure = LiquibaseFailures.of(thrown, current);
    if (failure.reason() == Reason.INTERNAL) {
      StackTrace.of(thrown).forEach(context.events()::warn);
    }
    return failure;
  }
}
