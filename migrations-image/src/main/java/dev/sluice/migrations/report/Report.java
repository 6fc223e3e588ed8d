package dev.sluice.migrations.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run says at its end. Counts are absent when the run ended before they were known.
 *
 * @param required for each revision that it was asked to look for, whether the database has it
 */
public record Report(
    Outcome outcome,
    @Nullable String revision,
    List<String> applied,
    @Nullable ChangeSetCounts counts,
    List<String> revisions,
    @Nullable PlanSummary plan,
    @Nullable Failure failure,
    List<Boolean> required,
    TakenOver takenOver,
    @Nullable RehearsalVerdict rehearsal) {

  public Report {
    applied = List.copyOf(applied);
    revisions = List.copyOf(revisions);
    required = List.copyOf(required);
  }

  public Report(
      Outcome outcome,
      @Nullable String revision,
      List<String> applied,
      @Nullable ChangeSetCounts counts,
      List<String> revisions,
      @Nullable PlanSummary plan,
      @Nullable Failure failure) {
    this(
        outcome,
        revision,
        applied,
        counts,
        revisions,
        plan,
        failure,
        List.of(),
        TakenOver.NOTHING,
        null);
  }

  /** With what it found of the revisions that it was asked to look for. */
  public Report answering(List<Boolean> found) {
    return new Report(
        outcome, revision, applied, counts, revisions, plan, failure, found, takenOver, rehearsal);
  }

  /** With what it entered in the ledger without running it. */
  public Report with(TakenOver entered) {
    return new Report(
        outcome, revision, applied, counts, revisions, plan, failure, required, entered, rehearsal);
  }

  /** With a failure in other words. */
  public Report with(Failure other) {
    return new Report(
        outcome, revision, applied, counts, revisions, plan, other, required, takenOver, rehearsal);
  }

  /** With what was found out before anything ran. */
  public Report with(RehearsalVerdict verdict) {
    return new Report(
        outcome, revision, applied, counts, revisions, plan, failure, required, takenOver, verdict);
  }

  public static Report succeeded(
      @Nullable String revision,
      List<String> applied,
      ChangeSetCounts counts,
      List<String> revisions) {
    var outcome = applied.isEmpty() ? Outcome.NOTHING_PENDING : Outcome.APPLIED;
    return new Report(outcome, revision, applied, counts, revisions, null, null);
  }

  /** Nothing but a rehearsal was asked for. */
  public static Report rehearsed(List<String> applied, RehearsalVerdict verdict) {
    var counts = new ChangeSetCounts(applied.size(), 0, 0);
    return new Report(Outcome.REHEARSED, null, applied, counts, List.of(), null, null)
        .with(verdict);
  }

  public static Report failed(
      @Nullable String revision,
      List<String> applied,
      @Nullable ChangeSetCounts counts,
      Failure failure) {
    return new Report(failure.outcome(), revision, applied, counts, List.of(), null, failure);
  }

  /** Nothing was done: a person has to say yes first. */
  public static Report planned(
      @Nullable String revision, ChangeSetCounts counts, PlanSummary plan, Failure failure) {
    return new Report(failure.outcome(), revision, List.of(), counts, List.of(), plan, failure);
  }

  public Exit exit() {
    return failure == null ? Exit.SUCCESS : failure.exit();
  }
}
