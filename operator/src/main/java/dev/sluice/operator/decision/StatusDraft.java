package dev.sluice.operator.decision;

import dev.sluice.api.Condition;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.DatabaseMigrationStatus.AppliedRevision;
import dev.sluice.api.DatabaseMigrationStatus.PastRun;
import dev.sluice.api.DatabaseMigrationStatus.Plan;
import dev.sluice.api.LastRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A status being written. */
final class StatusDraft {
  static final int APPLIED = 50;
  static final int HISTORY = 10;

  @Nullable Long observedGeneration;
  List<Condition> conditions;
  @Nullable String revision;
  @Nullable String target;
  @Nullable String appliedRevision;
  final List<AppliedRevision> appliedRevisions;
  @Nullable Integer pending;
  @Nullable Integer applied;
  @Nullable Integer attempt;
  @Nullable Long run;
  @Nullable String job;
  @Nullable Instant startedAt;
  @Nullable Instant nextAttemptAt;
  @Nullable LastRun lastRun;
  final List<PastRun> history;
  @Nullable Plan plan;
  @Nullable String handledRetry;

  StatusDraft(DatabaseMigrationStatus status) {
    observedGeneration = status.observedGeneration();
    conditions = status.conditions();
    revision = status.revision();
    target = status.target();
    appliedRevision = status.appliedRevision();
    appliedRevisions = new ArrayList<>(status.appliedRevisions());
    pending = status.pending();
    applied = status.applied();
    attempt = status.attempt();
    run = status.run();
    job = status.job();
    startedAt = status.startedAt();
    nextAttemptAt = status.nextAttemptAt();
    lastRun = status.lastRun();
    history = new ArrayList<>(status.history());
    plan = status.plan();
    handledRetry = status.handledRetry();
  }

  int attempts() {
    return attempt == null ? 0 : attempt;
  }

  /** Puts it first, once. */
  void applied(AppliedRevision entry) {
    appliedRevisions.removeIf(e -> same(e, entry));
    appliedRevisions.addFirst(entry);
  }

  /** Puts it last, unless it is known. */
  void appliedEarlier(AppliedRevision entry) {
    if (appliedRevisions.stream().noneMatch(e -> same(e, entry))) {
      appliedRevisions.add(entry);
    }
  }

  private static boolean same(AppliedRevision a, AppliedRevision b) {
    return a.revision().equals(b.revision()) && a.target().equals(b.target());
  }

  DatabaseMigrationStatus finish() {
    return new DatabaseMigrationStatus(
        observedGeneration,
        conditions,
        revision,
        target,
        appliedRevision,
        first(appliedRevisions, APPLIED),
        pending,
        applied,
        attempt,
        run,
        job,
        startedAt,
        nextAttemptAt,
        lastRun,
        first(history, HISTORY),
        plan,
        handledRetry);
  }

  private static <T> List<T> first(List<T> all, int most) {
    return all.subList(0, Math.min(all.size(), most));
  }
}
