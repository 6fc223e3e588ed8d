package dev.sluice.operator.observation;

import dev.sluice.api.DatabaseMigrationStatus.Plan;
import dev.sluice.api.LastRun.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run said at its end; every part may be missing. */
public record TerminationReport(
    @Nullable Integer applied,
    List<String> appliedChangeSets,
    @Nullable Integer total,
    @Nullable Integer pending,
    @Nullable Integer skipped,
    List<String> revisions,
    @Nullable Plan plan,
    @Nullable Failure failure) {

  public static final TerminationReport NONE =
      new TerminationReport(null, List.of(), null, null, null, List.of(), null, null);

  public TerminationReport {
    appliedChangeSets = List.copyOf(appliedChangeSets);
    revisions = List.copyOf(revisions);
  }
}
