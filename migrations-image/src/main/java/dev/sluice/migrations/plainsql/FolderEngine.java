package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.engine.DatabaseFailures;
import dev.sluice.migrations.engine.Engine;
import dev.sluice.migrations.engine.Engines;
import dev.sluice.migrations.engine.Pending;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.engine.RunRequest;
import dev.sluice.migrations.engine.UpdateResult;
import dev.sluice.migrations.event.RunEvent;
import dev.sluice.migrations.folder.Chunk;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.FolderReading;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.plan.Plan;
import dev.sluice.migrations.plan.PlanStep;
import dev.sluice.migrations.postgres.FolderLedger;
import dev.sluice.migrations.postgres.Ledger;
import dev.sluice.migrations.postgres.LockProof;
import dev.sluice.migrations.postgres.OtherLedgers;
import dev.sluice.migrations.postgres.ServerError;
import dev.sluice.migrations.postgres.SimpleQuery;
import dev.sluice.migrations.postgres.TableName;
import dev.sluice.migrations.postgres.UnfinishedTable;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A folder of plain SQL, by plain JDBC: Liquibase isn't loaded. */
public final class FolderEngine implements Engine {
  private final Session session;
  private final Folder folder;
  private final boolean outOfOrderAllowed;
  private final boolean choosesLedgerSchema;
  private final OtherLedgers otherLedgers;
  private final RunContext context;
  private final FolderLedger ledger;
  private final UnfinishedTable unfinished;
  private final SimpleQuery sql;

  private FolderEngine(
      Session session, Ledger ledger, Folder folder, RunRequest request, RunContext context) {
    this.session = session;
    this.folder = folder;
    this.outOfOrderAllowed = request.outOfOrderAllowed();
    this.choosesLedgerSchema = request.choosesLedgerSchema();
    this.otherLedgers = new OtherLedgers(session, ledger);
    this.context = context;
    this.ledger = new FolderLedger(session, ledger);
    this.unfinished = new UnfinishedTable(session, ledger);
    this.sql = new SimpleQuery(session);
  }

  public static Opening open(
      Session session, Ledger ledger, RunRequest request, RunContext context) {
    var changelog = request.changelog();
    return switch (FolderReading.of(changelog.root(), changelog.path())) {
      case FolderReading.Refused refused -> new Opening.Failed(failure(refused));
      case FolderReading.Read(var folder) ->
          new Opening.Opened(new FolderEngine(session, ledger, folder, request, context));
    };
  }

  /** The folder beside the history of its own tool; in the tool's usual table unless named. */
  public static Engines.Prepared comparison(RunRequest request, RunContext context) {
    var changelog = request.changelog();
    return switch (FolderReading.of(changelog.root(), changelog.path())) {
      case FolderReading.Refused refused -> new Engines.Prepared.Refused(failure(refused));
      case FolderReading.Read(var folder) -> {
        folder.warnings().forEach(context.events()::warn);
        yield new Engines.Prepared.Ready(session ->
            new Engines.Comparison.Result.Compared(
                ToolHistories.of(session, folder.layout(), request.ledger()).differences(folder)));
      }
    };
  }

  private static Failure failure(FolderReading.Refused refused) {
    return Failure.of(Reason.CHANGELOG_INVALID, refused.message())
        .in(null, refused.file())
        .hint(refused.hint());
  }

  @Override
  public Optional<Failure> objection() {
    try {
      return objection(ledger.rows(folder.prefix()));
    } catch (SQLException e) {
      return Optional.of(failure(e));
    }
  }

  private Optional<Failure> objection(List<FolderLedger.Row> rows) throws SQLException {
    var standing = FolderDiff.of(folder, rows);
    var objections = new FolderObjections(folder, standing, outOfOrderAllowed);
    var known = knownElsewhere(standing);
    if (known.isPresent()) {
      return known;
    }
    var inTheLedger = objections.halfApplied(unfinished).or(objections::inTheLedger);
    return inTheLedger.isPresent()
        ? inTheLedger
        : objections.foreign(ToolHistories.of(session, folder.layout(), TableName.DEFAULT));
  }

  /** Asked before the first migration only. */
  private Optional<Failure> knownElsewhere(FolderDiff standing) throws SQLException {
    if (standing.pending().size() < folder.migrations().size()) {
      return Optional.empty();
    }
    var elsewhere = new KnownElsewhere(folder);
    var path = elsewhere.underAnotherPath(ledger.rows(""));
    return path.isPresent() || choosesLedgerSchema ? path : elsewhere.inAnotherSchema(otherLedgers);
  }

  @Override
  public Pending pending() throws SQLException {
    var pending = FolderDiff.of(folder, ledger.rows(folder.prefix())).pending();
    return new Pending(
        folder.migrations().size(),
        pending.stream().map(m -> new Pending.Item(ChangeSetName.of(m), false)).toList());
  }

  @Override
  public Plan plan() throws SQLException {
    var rows = ledger.rows(folder.prefix());
    return Plan.of(
        steps(FolderDiff.of(folder, rows).pending()),
        rows.reversed().stream().map(row -> ChangeSetName.of(row.file())).toList(),
        steps(folder.migrations()));
  }

  private static List<PlanStep> steps(List<Migration> migrations) {
    return migrations.stream().map(m -> new PlanStep(ChangeSetName.of(m), m.checksum())).toList();
  }

  @Override
  public List<String> statements(PlanStep step) {
    return folder.migrations().stream()
        .filter(m -> ChangeSetName.of(m).equals(step.name()))
        .flatMap(m -> m.chunks().stream().map(Chunk::sql))
        .toList();
  }

  @Override
  public UpdateResult update(LockProof lock) {
    var applied = new ArrayList<String>();
    try {
      var rows = ledger.rows(folder.prefix());
      var objection = objection(rows);
      if (objection.isPresent()) {
        return new UpdateResult(applied, Set.of(), objection);
      }
      ledger.makeTable();
      var standing = FolderDiff.of(folder, rows);
      standing.ahead().forEach(context.events()::warn);
      var searchPath = rows.isEmpty() ? null : rows.getLast().searchPath();
      var work =
          new MigrationExecution(
              session,
              sql,
              unfinished,
              new MigrationFrame(session, ledger, unfinished, folder.layout(), lock),
              searchPath,
              context);
      var failure = run(work, standing.pending(), applied);
      return new UpdateResult(applied, Set.of(), failure);
    } catch (SQLException e) {
      return new UpdateResult(applied, Set.of(), Optional.of(failure(e)));
    }
  }

  private Optional<Failure> run(
      MigrationExecution work, List<Migration> pending, List<String> applied) {
    for (var i = 0; i < pending.size(); i++) {
      if (context.stop().cause().isPresent()) {
        return Optional.of(Failure.of(Reason.INTERRUPTED, "between two migrations"));
      }
      var name = ChangeSetName.of(pending.get(i));
      var file = pending.get(i).file();
      context.events().on(new RunEvent.Began(i + 1, pending.size(), name));
      var started = System.nanoTime();
      var failure = work.apply(pending.get(i), i == pending.size() - 1);
      if (failure.isPresent()) {
        return failure.map(f -> f.in(name, file));
      }
      var took = Duration.ofNanos(System.nanoTime() - started);
      context.events().on(new RunEvent.Ended(i + 1, pending.size(), name, "", took));
      applied.add(name);
    }
    return Optional.empty();
  }

  @Override
  public Failure failure(Exception thrown) {
    return ServerError.in(thrown)
        .map(DatabaseFailures::of)
        .orElseGet(() -> Failure.of(Reason.INTERNAL, "a bug: " + thrown.getClass().getName()));
  }

  @Override
  public List<String> remarks() {
    return folder.warnings();
  }

  @Override
  public boolean readOutsideOfTheRoot() {
    return false;
  }

  @Override
  public void leaveTransaction() {
    sql.rollBack();
  }

  @Override
  public void close() {
    leaveTransaction();
  }
}
