package dev.sluice.operator.decision;

import dev.sluice.api.Condition;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.DatabaseMigrationStatus.AppliedRevision;
import dev.sluice.api.DatabaseMigrationStatus.Cancelling;
import dev.sluice.api.DatabaseMigrationStatus.PastRun;
import dev.sluice.api.DatabaseMigrationStatus.Plan;
import dev.sluice.api.DatabaseMigrationStatus.StartedRun;
import dev.sluice.api.LastRun;
import dev.sluice.operator.observation.ObservedRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
  @Nullable Integer ahead;
  @Nullable Integer attempt;
  @Nullable Long run;
  @Nullable String job;
  @Nullable StartedRun started;
  @Nullable Instant startedAt;
  @Nullable Instant nextAttemptAt;
  @Nullable LastRun lastRun;
  final List<PastRun> history;
  @Nullable Plan plan;
  @Nullable String handledRetry;
  @Nullable Long verifyAfterRun;
  @Nullable Instant lastRecheck;

  /** Revisions that stay among those applied however many there are. */
  private final Set<String> required;

  StatusDraft(DatabaseMigrationStatus status, List<String> required) {
    this.required = Set.copyOf(required);
    observedGeneration = status.observedGeneration();
    conditions = status.conditions();
    revision = status.revision();
    target = status.target();
    appliedRevision = status.appliedRevision();
    appliedRevisions = new ArrayList<>(status.appliedRevisions());
    pending = status.pending();
    applied = status.applied();
    ahead = status.ahead();
    attempt = status.attempt();
    run = status.run();
    job = status.job();
    started = status.started();
    startedAt = status.startedAt();
    nextAttemptAt = status.nextAttemptAt();
    lastRun = status.lastRun();
    history = new ArrayList<>(status.history());
    plan = status.plan();
    handledRetry = status.handledRetry();
    verifyAfterRun = status.verifyAfterRun();
    lastRecheck = status.lastRecheck();
  }

  static StartedRun started(ObservedRun run) {
    return new StartedRun(run.jobUid(), run.generation(), run.input().revision(), null);
  }

  /** Whether, and why, the latest run is being taken back. */
  void cancelling(@Nullable Cancelling why) {
    if (started != null) {
      started = new StartedRun(started.jobUid(), started.generation(), started.revision(), why);
    }
  }

  /** The latest run left nothing but its time: its Job is no longer the one that is spoken of. */
  void rechecked(Instant at) {
    lastRecheck = at;
    job = lastRun == null ? null : lastRun.job();
    started = null;
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

  /** That database doesn't have it. */
  void refuted(String revision, String itsTarget) {
    appliedRevisions.removeIf(e -> e.revision().equals(revision) && e.target().equals(itsTarget));
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
        kept(),
        pending,
        applied,
        ahead,
        attempt,
        run,
        job,
        started,
        startedAt,
        nextAttemptAt,
        lastRun,
        first(history, HISTORY),
        plan,
        handledRetry,
        verifyAfterRun,
        lastRecheck);
  }

  /** The newest, those that pods require, and of the others the newest. */
  private List<AppliedRevision> kept() {
    var newest = appliedRevisions.stream().limit(1);
    var needed = appliedRevisions.stream().filter(this::isRequired);
    var kept =
        Stream.of(newest, needed, appliedRevisions.stream())
            .flatMap(entries -> entries)
            .distinct()
            .limit(APPLIED)
            .collect(Collectors.toSet());
    return appliedRevisions.stream().filter(kept::contains).toList();
  }

  private boolean isRequired(AppliedRevision entry) {
    return required.contains(entry.revision());
  }

  private static <T> List<T> first(List<T> all, int most) {
    return all.subList(0, Math.min(all.size(), most));
  }
}
