package dev.sluice.migrations.engine;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.event.RunEvent;
import dev.sluice.migrations.postgres.Ledger;
import dev.sluice.migrations.postgres.LedgerLock;
import dev.sluice.migrations.postgres.LedgerPlace;
import dev.sluice.migrations.postgres.LockProof;
import dev.sluice.migrations.report.ChangeSetCounts;
import dev.sluice.migrations.report.Exit;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import dev.sluice.migrations.report.Report;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Applies what is pending: one run, from nothing to its report. */
public final class Run {
  private final RunRequest request;
  private final Engines engines;
  private final RunContext context;
  private final OnSession<Report> frame;
  private final Rehearsals rehearsals;

  public Run(RunRequest request, Engines engines, Rehearsals rehearsals, RunContext context) {
    this.request = request;
    this.engines = engines;
    this.context = context;
    this.rehearsals = rehearsals;
    this.frame = new OnSession<>(request.connection(), context, this::failed);
  }

  public Report report() {
    var missing = request.missing();
    if (missing.isPresent()) {
      return failed(missing.get());
    }
    var fingerprint = Background.of(() -> Fingerprint.of(request.changelog(), Build.read()));
    return frame.done(session -> on(session, fingerprint));
  }

  private Report on(Session session, Background<Optional<Fingerprint>> files) throws SQLException {
    var found = LedgerLookup.of(session, request);
    if (found.isEmpty()) {
      return failed(DatabaseFailures.noSchema(request.ledger(), "changelog.ledger.schema"));
    }
    var place = found.get();
    var ledger = place.ledger();
    place.note().ifPresent(context.events()::warn);
    var fingerprint = files.get();
    var revisions = new AppliedRevisions(session, ledger, request.revision(), fingerprint);
    var known = revisions.nothingPending();
    if (known.isPresent() && known.get().entered()) {
      lock(session, ledger).freeWhatWasLeft();
      return revisions.report(known.get());
    }
    return known.isPresent()
        ? locked(session, place, _ -> enterOnly(revisions))
        : throughEngine(session, place, revisions, fingerprint);
  }

  private LedgerLock lock(Session session, Ledger ledger) {
    var owner = request.connection().destination().applicationName();
    return new LedgerLock(session, ledger, owner, context.stop(), context.events());
  }

  @FunctionalInterface
  private interface Work {
    Report done(LockProof lock) throws SQLException;
  }

  private Report locked(Session session, LedgerPlace place, Work work) throws SQLException {
    try (var lock = lock(session, place.ledger())) {
      Optional<Failure> missed =
          StopFailures.fold(lock.held(frame.patience()), _ -> Optional.empty(), Optional::of);
      if (missed.isPresent()) {
        return frame.failed(missed.get());
      }
      context.events().on(new RunEvent.Locked());
      return place.isSettled() || isStillThePlace(session, place)
          ? work.done(lock.proof())
          : frame.failed(changedMeanwhile());
    }
  }

  private boolean isStillThePlace(Session session, LedgerPlace place) throws SQLException {
    return LedgerLookup.of(session, request)
        .filter(now -> now.ledger().schema().equals(place.ledger().schema()))
        .isPresent();
  }

  private static Failure changedMeanwhile() {
    return Failure.of(Reason.DATABASE_FAILED, "the ledger changed while this run waited")
        .exit(Exit.TRANSIENT);
  }

  /** Nothing is pending, but the revision is new: it is looked at again under the lock. */
  private Report enterOnly(AppliedRevisions revisions) throws SQLException {
    var still = revisions.nothingPending();
    if (still.isEmpty()) {
      return frame.failed(changedMeanwhile());
    }
    revisions.enter(still.get().changeSets(), context.events());
    return revisions.report(still.get());
  }

  private Report throughEngine(
      Session session, LedgerPlace place, AppliedRevisions revisions, Optional<Fingerprint> files)
      throws SQLException {
    try (var rehearsal = new RehearsalGate(session, request, rehearsals, context)) {
      return throughEngine(session, place, revisions, files, rehearsal);
    }
  }

  private Report throughEngine(
      Session session,
      LedgerPlace place,
      AppliedRevisions revisions,
      Optional<Fingerprint> files,
      RehearsalGate rehearsal)
      throws SQLException {
    if (!request.approval().needed()) {
      return rehearsal.reported(applied(session, place, revisions, Optional.empty(), rehearsal));
    }
    return switch (Looking.opened(session, place.ledger(), request, engines, context)) {
      case Engine.Opening.Failed(var failure) -> frame.failed(failure);
      case Engine.Opening.Opened(var opened) -> {
        try (var engine = opened) {
          var approval = new ApprovalCheck(session, engine, request, files, context);
          // a plan shows what its rehearsal came to; classes are loaded after approval only
          var refused =
              engine.bringsClasses() ? Optional.<Failure>empty() : rehearsal.refusal(engine);
          if (refused.isPresent()) {
            yield rehearsal.reported(frame.failed(refused.get()));
          }
          // asked without the lock, which a plan needn't wait for, and once more under it
          var missing = approval.missing();
          yield rehearsal.reported(
              missing.isPresent()
                  ? missing.get()
                  : applied(session, place, revisions, Optional.of(approval), rehearsal));
        }
      }
    };
  }

  private Report applied(
      Session session,
      LedgerPlace place,
      AppliedRevisions revisions,
      Optional<ApprovalCheck> approval,
      RehearsalGate rehearsal)
      throws SQLException {
    try (var signs =
        SignsOfLife.of(session, request.connection(), context.events(), SignsOfLife.USUAL)) {
      var told = new RunContext(context.stop(), signs);
      return applied(session, place, revisions, approval, rehearsal, told);
    }
  }

  private Report applied(
      Session session,
      LedgerPlace place,
      AppliedRevisions revisions,
      Optional<ApprovalCheck> approval,
      RehearsalGate rehearsal,
      RunContext told)
      throws SQLException {
    return switch (engines.open(session, place.ledger(), request, told, ChangelogUse.APPLY)) {
      case Engine.Opening.Failed(var failure) -> frame.failed(failure);
      case Engine.Opening.Opened(var opened) -> {
        try (var engine = opened) {
          var refused = rehearsal.refusal(engine);
          if (refused.isPresent()) {
            yield frame.failed(refused.get());
          }
          var update =
              new Update(session, place.ledger(), engine, approval, revisions, request, told);
          engine.leaveTransaction();
          yield locked(session, place, update::report);
        }
      }
    };
  }

  /** Enters what is applied already, but not in the ledger, and runs nothing. */
  public Report takeOver() {
    var missing = request.missing();
    return missing.isPresent() ? failed(missing.get()) : frame.done(this::takenOver);
  }

  private Report takenOver(Session session) throws SQLException {
    var found = LedgerLookup.of(session, request);
    if (found.isEmpty()) {
      return failed(DatabaseFailures.noSchema(request.ledger(), "changelog.ledger.schema"));
    }
    var place = found.get();
    place.note().ifPresent(context.events()::warn);
    return switch (engines.open(session, place.ledger(), request, context, ChangelogUse.APPLY)) {
      case Engine.Opening.Failed(var failure) -> frame.failed(failure);
      case Engine.Opening.Opened(var opened) -> {
        try (var engine = opened) {
          engine.leaveTransaction();
          yield locked(session, place, lock -> takenOver(engine, lock));
        }
      }
    };
  }

  private Report takenOver(Engine engine, LockProof lock) throws SQLException {
    var updated = engine.takeOver(lock);
    if (updated.failure().isPresent()) {
      return frame.failed(updated.failure().get());
    }
    try {
      var pending = engine.pending();
      engine.leaveTransaction();
      var counts = new ChangeSetCounts(pending.total(), pending.items().size(), 0);
      return Report.succeeded(request.revision().revision(), List.of(), counts, List.of())
          .with(updated.takenOver());
    } catch (Exception e) {
      return frame.failed(engine.failure(e));
    }
  }

  private Report failed(Failure failure) {
    return Report.failed(request.revision().revision(), List.of(), null, failure);
  }
}
