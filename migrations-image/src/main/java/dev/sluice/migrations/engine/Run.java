package dev.sluice.migrations.engine;

import dev.sluice.migrations.database.Connector;
import dev.sluice.migrations.database.Ledger;
import dev.sluice.migrations.database.LedgerLock;
import dev.sluice.migrations.database.Patience;
import dev.sluice.migrations.database.ServerError;
import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.report.Exit;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import dev.sluice.migrations.report.Report;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** One run, from nothing to its report. */
public final class Run {
  private static final String LOOKING = "while the runner looked at its own tables";

  private final Order order;
  private final Stop stop;
  private final Progress progress;
  private final Patience patience;

  public Run(Order order, Stop stop, Progress progress) {
    this.order = order;
    this.stop = stop;
    this.progress = progress;
    this.patience = new Patience(stop, progress, order.poll(), order.wrongPassword());
  }

  public Report report() {
    var missing = order.changelog().missing();
    if (missing.isPresent()) {
      return failed(missing.get());
    }
    var fingerprint = Background.of(() -> Fingerprint.of(order.changelog(), Build.read()));
    var connector = new Connector(order.destination(), order.credentials(), progress);
    return Failures.fold(
        patience.connected(connector), session -> on(session, fingerprint), this::failed);
  }

  private Report on(Session opened, Background<Optional<Fingerprint>> fingerprint) {
    progress.reached(Milestone.CONNECTED);
    try (var session = opened) {
      session.guardedBy(stop);
      var ledger = Ledger.in(session, order.ledgerSchema(), order.ledgerTable());
      if (ledger.isEmpty()) {
        return failed(noSchema());
      }
      var history = new History(session, ledger.get(), order, fingerprint.get());
      var known = history.nothingPending();
      if (known.isPresent() && known.get().entered()) {
        lock(session, ledger.get()).freeWhatWasLeft();
        return history.report(known.get());
      }
      return known.isPresent()
          ? locked(session, ledger.get(), () -> enterOnly(history))
          : throughEngine(session, ledger.get(), history, fingerprint.get());
    } catch (SQLException e) {
      return failed(Failures.of(ServerError.in(e).orElseThrow()));
    } finally {
      stop.release();
    }
  }

  private Failure noSchema() {
    return Failures.noSchema(order.ledgerSchema(), "changelog.ledger.schema");
  }

  private LedgerLock lock(Session session, Ledger ledger) {
    return new LedgerLock(session, ledger, order.destination().applicationName(), progress);
  }

  @FunctionalInterface
  private interface Work {
    Report done() throws SQLException;
  }

  private Report locked(Session session, Ledger ledger, Work work) throws SQLException {
    var lock = lock(session, ledger);
    try {
      Optional<Failure> missed =
          Failures.fold(lock.held(patience), _ -> Optional.empty(), Optional::of);
      if (missed.isPresent()) {
        return failed(missed.get());
      }
      progress.reached(Milestone.LOCKED);
      return work.done();
    } finally {
      stop.release();
      lock.release();
    }
  }

  /** Nothing is pending, but the revision is new: it is looked at again under the lock. */
  private Report enterOnly(History history) throws SQLException {
    var still = history.nothingPending();
    if (still.isEmpty()) {
      return failed(
          Failure.of(Reason.DATABASE_FAILED, "the ledger changed while this run waited")
              .exit(Exit.TRANSIENT));
    }
    history.enter(still.get().changeSets(), progress);
    return history.report(still.get());
  }

  private Report throughEngine(
      Session session, Ledger ledger, History history, Optional<Fingerprint> files)
      throws SQLException {
    return switch (reading(session, ledger)) {
      case Engine.Reading.Unreadable(var failure) -> failed(failure);
      case Engine.Reading.Read(var engine) -> {
        var consent = new Consent(engine, order, files, stop, progress);
        var update = new Update(session, engine, consent, history, order, stop, progress);
        // asked without the lock, which a plan needn't wait for, and once more under it
        var missing = consent.missing();
        engine.close();
        yield missing.isPresent() ? missing.get() : locked(session, ledger, update::report);
      }
    };
  }

  private Engine.Reading reading(Session session, Ledger ledger) {
    return order.changelog().isFolder()
        ? FolderEngine.read(session, ledger, order, stop, progress)
        : LiquibaseEngine.read(session, ledger, order.changelog(), stop, progress);
  }

  /** Only looks: takes no lock, makes no table. */
  public Status status() {
    var missing = order.changelog().missing();
    if (missing.isPresent()) {
      return new Status.Unknown(missing.get());
    }
    var connector = new Connector(order.destination(), order.credentials(), progress);
    return Failures.fold(patience.connected(connector), this::status, Status.Unknown::new);
  }

  private Status status(Session opened) {
    try (var session = opened) {
      var ledger = Ledger.in(session, order.ledgerSchema(), order.ledgerTable());
      return ledger.isEmpty()
          ? new Status.Unknown(noSchema())
          : Look.at(reading(session, ledger.get()));
    } catch (SQLException e) {
      return new Status.Unknown(Failures.of(ServerError.in(e).orElseThrow()));
    }
  }

  /** What a stop has cancelled is no failure of its own. */
  private Report failed(Failure failure) {
    var cause = stop.cause();
    var stopped = cause.isPresent() && failure.exit() == Exit.TRANSIENT;
    var why = stopped ? Failures.stopped(cause.get(), LOOKING) : failure;
    return Report.failed(order.revision(), List.of(), null, why);
  }
}
