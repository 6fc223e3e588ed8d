package dev.sluice.operator.observation;

import dev.sluice.api.DatabaseMigrationStatus.Plan;
import dev.sluice.api.LastRun.Failure;
import dev.sluice.api.Reasons;
import dev.sluice.api.RehearsalReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run said at its end; every part may be missing.
 *
 * @param ahead how many migrations the database has after all that the changelog has
 * @param required for each revision that it was asked to look for, whether the database has it
 * @param baselined how many migrations it entered as applied, as spec.baseline asks
 */
public record TerminationReport(
    @Nullable Integer applied,
    List<String> appliedChangeSets,
    @Nullable Integer total,
    @Nullable Integer pending,
    @Nullable Integer skipped,
    @Nullable Integer ahead,
    List<String> revisions,
    List<Boolean> required,
    @Nullable Adoption adoption,
    @Nullable Integer baselined,
    @Nullable RehearsalReport rehearsal,
    @Nullable Plan plan,
    @Nullable Failure failure) {

  public static final TerminationReport NONE =
      new TerminationReport(
          null, List.of(), null, null, null, null, List.of(), List.of(), null, null, null, null,
          null);

  public TerminationReport(
      @Nullable Integer applied,
      List<String> appliedChangeSets,
      @Nullable Integer total,
      @Nullable Integer pending,
      @Nullable Integer skipped,
      List<String> revisions,
      List<Boolean> required,
      @Nullable Adoption adoption,
      @Nullable Integer baselined,
      @Nullable RehearsalReport rehearsal,
      @Nullable Plan plan,
      @Nullable Failure failure) {
    this(
        applied,
        appliedChangeSets,
        total,
        pending,
        skipped,
        null,
        revisions,
        required,
        adoption,
        baselined,
        rehearsal,
        plan,
        failure);
  }

  /** The run waited without success, or was stopped. */
  public boolean interrupted() {
    return failure != null && Reasons.INTERRUPTED.equals(failure.reason());
  }

  /** The run made a plan that a person has to approve. */
  public boolean asksForApproval() {
    return plan != null && failure != null && Reasons.APPROVAL_REQUIRED.equals(failure.reason());
  }

  public TerminationReport {
    appliedChangeSets = List.copyOf(appliedChangeSets);
    revisions = List.copyOf(revisions);
    required = List.copyOf(required);
  }
}
