package dev.sluice.migrations.engine;

import dev.sluice.migrations.database.FolderLedger;
import dev.sluice.migrations.database.Ledger;
import dev.sluice.migrations.database.PlainSql;
import dev.sluice.migrations.database.ServerError;
import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.database.Unfinished;
import dev.sluice.migrations.folder.Chunk;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.FolderReading;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.plan.Plan;
import dev.sluice.migrations.plan.Step;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A folder of plain SQL, by plain JDBC: Liquibase isn't loaded. */
final class FolderEngine implements Engine {
  private final Session session;
  private final Folder folder;
  private final Order order;
  private final Stop stop;
  private final Progress progress;
  private final FolderLedger ledger;
  private final Unfinished unfinished;
  private final PlainSql sql;

  private FolderEngine(
      Session session, Ledger ledger, Folder folder, Order order, Stop stop, Progress progress) {
    this.session = session;
    this.folder = folder;
    this.order = order;
    this.stop = stop;
    this.progress = progress;
    this.ledger = new FolderLedger(session, ledger);
    this.unfinished = new Unfinished(session, ledger);
    this.sql = new PlainSql(session);
  }

  static Reading read(Session session, Ledger ledger, Order order, Stop stop, Progress progress) {
    var changelog = order.changelog();
    return switch (FolderReading.of(changelog.root(), changelog.path())) {
      case FolderReading.Refused(var file, var message, var hint) ->
          new Reading.Unreadable(
              Failure.of(Reason.CHANGELOG_INVALID, message).in(null, file).hint(hint));
      case FolderReading.Read(var folder) ->
          new Reading.Read(new FolderEngine(session, ledger, folder, order, stop, progress));
    };
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
    var standing = Standing.of(folder, rows);
    var objections = new Objections(folder, standing, order.outOfOrderAllowed());
    var half = objections.halfApplied(unfinished.table(), unfinished.marks(folder.prefix()));
    var inTheLedger = half.or(objections::inTheLedger);
    return inTheLedger.isPresent()
        ? inTheLedger
        : objections.foreign(ToolHistory.of(session, folder.layout()));
  }

  @Override
  public Pending pending() throws SQLException {
    var pending = Standing.of(folder, ledger.rows(folder.prefix())).pending();
    return new Pending(
        folder.migrations().size(),
        pending.stream().map(m -> new Pending.Item(name(m), false)).toList());
  }

  @Override
  public Plan plan() throws SQLException {
    var rows = ledger.rows(folder.prefix());
    return Plan.of(
        steps(Standing.of(folder, rows).pending()),
        rows.reversed().stream().map(row -> nameOf(row.file())).toList(),
        steps(folder.migrations()));
  }

  private static List<Step> steps(List<Migration> migrations) {
    return migrations.stream().map(m -> new Step(name(m), m.checksum())).toList();
  }

  @Override
  public List<String> statements(Step step) {
    return folder.migrations().stream()
        .filter(m -> name(m).equals(step.name()))
        .flatMap(m -> m.chunks().stream().map(Chunk::sql))
        .toList();
  }

  @Override
  public Updated update() {
    var applied = new ArrayList<String>();
    try {
      var rows = ledger.rows(folder.prefix());
      var objection = objection(rows);
      if (objection.isPresent()) {
        return new Updated(applied, Set.of(), objection);
      }
      ledger.makeTable();
      var standing = Standing.of(folder, rows);
      standing.ahead().forEach(progress::warn);
      var failure = run(standing.pending(), applied);
      return new Updated(applied, Set.of(), failure);
    } catch (SQLException e) {
      return new Updated(applied, Set.of(), Optional.of(failure(e)));
    }
  }

  private Optional<Failure> run(List<Migration> pending, List<String> applied) throws SQLException {
    var work = new FolderWork(session, sql, ledger, unfinished, folder.layout(), stop, progress);
    for (var i = 0; i < pending.size(); i++) {
      if (stop.cause().isPresent()) {
        return Optional.of(Failure.of(Reason.INTERRUPTED, "between two migrations"));
      }
      var name = name(pending.get(i));
      var file = pending.get(i).file();
      progress.begins(i + 1, pending.size(), name);
      var started = System.nanoTime();
      var failure = work.apply(pending.get(i));
      if (failure.isPresent()) {
        return failure.map(f -> f.in(name, file));
      }
      progress.ends(i + 1, pending.size(), name, "", Duration.ofNanos(System.nanoTime() - started));
      applied.add(name);
    }
    return Optional.empty();
  }

  @Override
  public Failure failure(Exception thrown) {
    return ServerError.in(thrown)
        .map(Failures::of)
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
  public void close() {
    sql.rollBack();
  }

  static String name(Migration migration) {
    return nameOf(migration.file());
  }

  /** As Liquibase would call it. */
  static String nameOf(String file) {
    return file + "::raw::includeAll";
  }
}
