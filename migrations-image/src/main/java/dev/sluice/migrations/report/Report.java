package dev.sluice.migrations.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run says at its end. Counts are absent when the run ended before they were known. */
public record Report(
    Outcome outcome,
    @Nullable String revision,
    List<String> applied,
    @Nullable ChangeSetCounts counts,
    List<String> revisions,
    @Nullable PlanSummary plan,
    @Nullable Failure failure) {

  public Report {
    applied = List.copyOf(applied);
    revisions = List.copyOf(revisions);
  }

  public static Report succeeded(
      @Nullable String revision,
      List<String> applied,
      ChangeSetCounts counts,
      List<String> revisions) {
    var outcome = applied.isEmpty() ? Outcome.NOTHING_PENDING : Outcome.APPLIED;
    return new Report(outcome, revision, applied, counts, revisions, null, null);
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
