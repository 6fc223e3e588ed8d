package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.engine.DatabaseFailures;
import dev.sluice.migrations.engine.Engine;
import dev.sluice.migrations.engine.Engines;
import dev.sluice.migrations.engine.Pending;
import dev.sluice.migrations.engine.Replay;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.engine.RunRequest;
import dev.sluice.migrations.engine.Takeover;
import dev.sluice.migrations.engine.UpdateResult;
import dev.sluice.migrations.folder.CallbackEvent;
import dev.sluice.migrations.folder.Chunk;
import dev.sluice.migrations.folder.DrizzleHashes;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.FolderReading;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.folder.Placeholders;
import dev.sluice.migrations.plan.Plan;
import dev.sluice.migrations.plan.PlanApproval;
import dev.sluice.migrations.plan.PlanStep;
import dev.sluice.migrations.postgres.FlywaySession;
import dev.sluice.migrations.postgres.FolderLedger;
import dev.sluice.migrations.postgres.FolderLedger.Origin;
import dev.sluice.migrations.postgres.Ledger;
import dev.sluice.migrations.postgres.LockProof;
import dev.sluice.migrations.postgres.ServerError;
import dev.sluice.migrations.postgres.ServerNotices;
import dev.sluice.migrations.postgres.SimpleQuery;
import dev.sluice.migrations.postgres.SqlPart;
import dev.sluice.migrations.postgres.UnfinishedTable;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import dev.sluice.migrations.report.TakenOver;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A folder of plain SQL, by plain JDBC: Liquibase isn't loaded. */
public final class FolderEngine implements Engine {
  /** In a plan: entered, and not run. */
  private static final String ENTERED = "entered without running: ";

  /** Of the chunks of one migration, in a plan. */
  private static final int MOST_SHOWN = 1_000;

  private final Session session;
  private final Folder folder;
  private final RunContext context;
  private final PlanApproval approval;
  private final FolderLedger ledger;
  private final FolderLook look;
  private final UnfinishedTable unfinished;
  private final ServerNotices notices;
  private final SimpleQuery sql;

  private FolderEngine(
      Session session, Ledger ledger, Folder folder, RunRequest request, RunContext context) {
    this.session = session;
    this.folder = folder;
    this.context = context;
    this.approval = request.approval();
    this.ledger = new FolderLedger(session, ledger);
    this.look = new FolderLook(session, ledger, this.ledger, folder, request);
    this.unfinished = new UnfinishedTable(session, ledger);
    this.notices = new ServerNotices(context.events());
    this.sql = new SimpleQuery(session, notices);
  }

  public static Opening open(
      Session session, Ledger ledger, RunRequest request, RunContext context) {
    try {
      return switch (new FolderForDatabase(session, ledger, request).read()) {
        case FolderReading.Refused refused -> new Opening.Failed(failure(refused));
        case FolderReading.Read(var folder) ->
            new Opening.Opened(new FolderEngine(session, ledger, folder, request, context));
      };
    } catch (SQLException e) {
      return new Opening.Failed(failed(e));
    }
  }

  /** The folder beside the history of its own tool; in the tool's usual table unless named. */
  public static Engines.Prepared comparison(RunRequest request, RunContext context) {
    var changelog = request.changelog();
    var placeholders = Placeholders.of(changelog.parameters());
    return switch (FolderReading.of(changelog.root(), changelog.paths(), placeholders)) {
      case FolderReading.Refused refused -> new Engines.Prepared.Refused(failure(refused));
      case FolderReading.Read(var folder) -> {
        folder.remarks().forEach(context.events()::warn);
        yield new Engines.Prepared.Ready(session -> {
          var history = ToolHistories.of(session, folder, request.ledger());
          var begun = FlywayBaselines.chosen(folder, List.of(), () -> history);
          var matches = history.matches(begun, new DrizzleHashes(changelog.root())::of);
          return new Engines.Comparison.Result.Compared(
              HistoryComparison.of(history.name(), matches, begun));
        });
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
      return look.objection(look.state(), unfinished, context.events());
    } catch (SQLException e) {
      return Optional.of(failure(e));
    }
  }

  @Override
  public Pending pending() throws SQLException {
    var pending = FolderDiff.of(folder, ledger.rows()).pending();
    return new Pending(
        folder.migrations().size(),
        pending.stream().map(m -> new Pending.Item(m.name(), false)).toList());
  }

  @Override
  public List<String> ahead() throws SQLException {
    return look.state().ahead();
  }

  @Override
  public Takeover takeover() throws SQLException {
    var entered = look.state().entered();
    return new Takeover(
        entered.from(), entered.migrations().stream().map(Migration::name).toList());
  }

  /** What is entered comes before what runs, and is a step of its own. */
  @Override
  public Plan plan() throws SQLException {
    var state = look.state();
    return Plan.of(
        Stream.concat(
                entered(state.entered().migrations()).stream(),
                steps(state.diff().pending()).stream())
            .toList(),
        state.rows().reversed().stream().map(FolderEngine::name).toList(),
        Stream.concat(steps(folder.migrations()).stream(), entered(folder.migrations()).stream())
            .toList());
  }

  private static String name(FolderLedger.Row row) {
    var name = Migration.nameOf(row.file());
    return row.origin() == Origin.RUN ? name : ENTERED + name;
  }

  private static List<PlanStep> steps(List<Migration> migrations) {
    return migrations.stream().map(m -> new PlanStep(m.name(), m.checksum())).toList();
  }

  private static List<PlanStep> entered(List<Migration> migrations) {
    return migrations.stream().map(m -> new PlanStep(ENTERED + m.name(), m.checksum())).toList();
  }

  @Override
  public List<String> statements(PlanStep step) {
    return folder.migrations().stream()
        .filter(m -> m.name().equals(step.name()))
        .flatMap(m -> shown(folder.withCallbacks(m).chunks()))
        .toList();
  }

  private static Stream<String> shown(List<Chunk> chunks) {
    var first = chunks.stream().limit(MOST_SHOWN).map(Chunk::shown);
    var more = chunks.size() - MOST_SHOWN;
    return more <= 0
        ? first
        : Stream.concat(first, Stream.of("-- and %d more; see the file".formatted(more)));
  }

  /** The callbacks that no migration has in it. */
  @Override
  public List<String> conditions() {
    return folder.scripts().callbacks().stream()
        .filter(callback ->
            callback.event() != CallbackEvent.BEFORE_EACH_MIGRATE
                && callback.event() != CallbackEvent.AFTER_EACH_MIGRATE)
        .flatMap(callback ->
            Stream.concat(
                Stream.of("callback " + callback.script().file()),
                callback.script().chunks().stream().flatMap(c -> c.shown().strip().lines())))
        .toList();
  }

  @Override
  public UpdateResult takeOver(LockProof lock) {
    try {
      var refused = look.baselineInVain(look.state());
      return refused.isPresent()
          ? new UpdateResult(List.of(), Set.of(), refused)
          : update(lock, false, Replay.NONE);
    } catch (SQLException e) {
      return new UpdateResult(List.of(), Set.of(), Optional.of(failure(e)));
    }
  }

  @Override
  public UpdateResult update(LockProof lock) {
    return update(lock, true, Replay.NONE);
  }

  @Override
  public UpdateResult replay(LockProof lock, Replay replay) {
    return update(lock, true, replay);
  }

  private UpdateResult update(LockProof lock, boolean runs, Replay replay) {
    List<String> applied = List.of();
    var takenOver = TakenOver.NOTHING;
    try {
      var state = look.state();
      var objection = look.objection(state, unfinished, context.events());
      if (objection.isPresent()) {
        return new UpdateResult(applied, Set.of(), objection);
      }
      if (folder.scripts().makesSchemas()) {
        FlywaySession.makeSchemas(session, folder.scripts().schemas());
      }
      ledger.makeTable();
      var frame =
          new MigrationFrame(session, ledger, unfinished, state.history(), folder.layout(), lock);
      var failure = enter(state.entered(), frame);
      if (failure.isEmpty()) {
        takenOver = takenOver(state.entered());
      }
      var pending = state.diff().pending();
      // without anything to approve nobody has approved of callbacks
      if (failure.isEmpty() && runs && !(pending.isEmpty() && approval.needed())) {
        var run =
            new FolderRun(
                folder, pending, execution(frame, state.rows(), replay), notices, context, replay);
        failure = run.done();
        applied = run.applied();
      }
      return new UpdateResult(applied, Set.of(), failure, takenOver);
    } catch (SQLException e) {
      return new UpdateResult(applied, Set.of(), Optional.of(failure(e)), takenOver);
    }
  }

  private MigrationExecution execution(
      MigrationFrame frame, List<FolderLedger.Row> rows, Replay replay) throws SQLException {
    var searchPath = rows.isEmpty() ? null : rows.getLast().searchPath();
    return new MigrationExecution(session, sql, unfinished, frame, searchPath, context, replay);
  }

  /** All in one transaction, which proves the lock. */
  private Optional<Failure> enter(FolderState.Entered entered, MigrationFrame frame)
      throws SQLException {
    if (entered.isEmpty()) {
      return Optional.empty();
    }
    var answer = sql.answer(SqlPart.message(frame.entered(entered.migrations(), entered.origin())));
    if (answer.error().isPresent()) {
      sql.rollBack();
      var said = ServerError.in(answer.error().get()).orElseThrow();
      return Optional.of(
          LockProof.isLost(said)
              ? DatabaseFailures.lockLost("somebody")
              : DatabaseFailures.of(said));
    }
    context
        .events()
        .note(
            "entered without running: %d of the folder's migrations, by %s"
                .formatted(entered.migrations().size(), entered.from()));
    return Optional.empty();
  }

  private static TakenOver takenOver(FolderState.Entered entered) {
    return switch (entered.origin()) {
      case RUN -> TakenOver.NOTHING;
      case ADOPTED -> TakenOver.adopted(entered.migrations().size(), entered.from());
      case BASELINE -> TakenOver.baselined(entered.migrations().size());
    };
  }

  @Override
  public Failure failure(Exception thrown) {
    return failed(thrown);
  }

  private static Failure failed(Exception thrown) {
    return ServerError.in(thrown)
        .map(DatabaseFailures::of)
        .orElseGet(() -> Failure.of(Reason.INTERNAL, "a bug: " + thrown.getClass().getName()));
  }

  @Override
  public List<String> remarks() {
    return folder.remarks();
  }

  @Override
  public boolean dependsOnMore() {
    return folder.alwaysRuns();
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
