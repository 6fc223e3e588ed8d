package dev.sluice.migrations.engine;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.postgres.InvalidIndexes;
import dev.sluice.migrations.postgres.Ledger;
import dev.sluice.migrations.postgres.LockProof;
import dev.sluice.migrations.report.ChangeSetCounts;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import dev.sluice.migrations.report.Report;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The run of what is pending, under the lock, and the look at the ledger afterwards. */
record Update(
    Session session,
    Ledger ledger,
    Engine engine,
    Optional<ApprovalCheck> approval,
    AppliedRevisions revisions,
    RunRequest request,
    RunContext context) {

  Report report(LockProof lock) throws SQLException {
    // another run may have done it all while this one waited for the lock
    var known = revisions.nothingPending();
    if (known.isPresent()) {
      if (!known.get().entered()) {
        revisions.enter(known.get().changeSets(), context.events());
      }
      return revisions.report(known.get());
    }
    var missing = approval.flatMap(ApprovalCheck::missing);
    if (missing.isPresent()) {
      return missing.get();
    }
    var updated = engine.update(lock);
    var report =
        updated.failure().isPresent()
            ? failed(updated, updated.failure().get())
            : verified(updated);
    return report.with(updated.takenOver());
  }

  /** Success is what the ledger says, not that nothing was thrown. */
  private Report verified(UpdateResult updated) throws SQLException {
    try {
      var pending = engine.pending();
      engine.leaveTransaction();
      var missing = pending.items().stream().filter(item -> !explained(item, updated)).toList();
      var counts = counts(pending, missing.size());
      var ahead = engine.ahead();
      engine.leaveTransaction();
      engine.remarks().forEach(context.events()::warn);
      ahead.forEach(name -> context.events().warn(DatabaseAhead.remark(name)));
      if (!missing.isEmpty()) {
        var name = missing.getFirst().name();
        return Report.failed(
            request.revision().revision(), updated.applied(), counts, stillPending(name));
      }
      // a fingerprint says that there is nothing to look for
      if (pending.items().isEmpty() && ahead.isEmpty() && !engine.dependsOnMore()) {
        revisions.enter(counts.total(), context.events());
      } else {
        revisions.enterWithoutFingerprint(counts.total(), context.events());
      }
      warnOfInvalidIndexes();
      return revisions.succeeded(updated.applied(), counts.withAhead(ahead.size()));
    } catch (SQLException e) {
      throw e;
    } catch (Exception e) {
      return failed(updated, engine.failure(e));
    }
  }

  private static boolean explained(Pending.Item item, UpdateResult updated) {
    return item.alwaysRuns() || updated.passedOver().contains(item.name());
  }

  private static ChangeSetCounts counts(Pending pending, int missing) {
    var all = pending.items().size();
    return new ChangeSetCounts(pending.total(), all, all - missing);
  }

  private static Failure stillPending(String name) {
    return Failure.of(Reason.STILL_PENDING, "the ledger lacks it after the run: " + name)
        .in(name, name.split("::", 2)[0])
        .hint("see whether a changeset or a trigger edits the ledger");
  }

  private Report failed(UpdateResult updated, Failure thrown) {
    var cause = context.stop().cause();
    context.stop().release();
    engine.leaveTransaction();
    var failure =
        cause.map(why -> StopFailures.whileApplying(why, thrown)).orElse(withLedger(thrown));
    var counts = cause.isEmpty() ? countsAfter(updated) : null;
    return Report.failed(
        request.revision().revision(), updated.applied(), counts, withInvalidIndexes(failure));
  }

  /** A changeset that drops the ledger fails where its row is written, which says little. */
  private Failure withLedger(Failure thrown) {
    return ledger.isDropped(thrown.sqlState(), thrown.message())
        ? DatabaseFailures.ledgerDropped(ledger, thrown)
        : thrown;
  }

  /** Null when the database can't say any more. */
  private @Nullable ChangeSetCounts countsAfter(UpdateResult updated) {
    try {
      var pending = engine.pending();
      var missing = pending.items().stream().filter(item -> !explained(item, updated)).count();
      return counts(pending, Math.toIntExact(missing));
    } catch (Exception _) {
      return null;
    } finally {
      engine.leaveTransaction();
    }
  }

  private Failure withInvalidIndexes(Failure failure) {
    var invalid = InvalidIndexes.in(session);
    if (invalid.isEmpty()) {
      return failure;
    }
    var hint = failure.hint();
    return failure.hint(hint == null ? advice(invalid) : advice(invalid) + "; " + hint);
  }

  private void warnOfInvalidIndexes() {
    var invalid = InvalidIndexes.in(session);
    if (!invalid.isEmpty()) {
      context.events().warn(advice(invalid));
    }
  }

  private static String advice(List<String> invalid) {
    return "INVALID index, left by a CREATE INDEX CONCURRENTLY that was cut off: "
        + String.join(", ", invalid)
        + "; before the next run: drop index concurrently "
        + invalid.getFirst();
  }
}
