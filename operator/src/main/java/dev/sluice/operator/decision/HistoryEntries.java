package dev.sluice.operator.decision;

import dev.sluice.api.Baseline;
import dev.sluice.api.LastRun;
import dev.sluice.operator.observation.Adoption;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.DesiredMigration.SpecReading.Understood;
import dev.sluice.operator.observation.Observation;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase.Ended;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run that ended entered as applied without running it, as it reported.
 *
 * @param baselined how many migrations spec.baseline made it enter
 * @param baseline the last of them; null: not known
 */
record HistoryEntries(
    @Nullable Adoption adoption, @Nullable Integer baselined, @Nullable String baseline) {
  private static final HistoryEntries NONE = new HistoryEntries(null, null, null);

  static HistoryEntries of(Observation seen, LastRun last) {
    // another tool may write a report too; it takes nothing over
    return seen.desired().ofAnotherTool()
        ? NONE
        : seen.own().stream()
            .filter(run -> run.proven() && run.job().equals(last.job()))
            .findFirst()
            .map(run -> of(seen.desired(), run))
            .orElse(NONE);
  }

  private static HistoryEntries of(DesiredMigration desired, ObservedRun run) {
    return run.phase() instanceof Ended(var end)
        ? new HistoryEntries(
            end.report().adoption(), end.report().baselined(), baseline(desired, run))
        : NONE;
  }

  /** What the spec says since it changed isn't said of this run. */
  private static @Nullable String baseline(DesiredMigration desired, ObservedRun run) {
    return run.generation() == desired.generation()
            && desired.reading() instanceof Understood(var spec, _)
        ? Optional.ofNullable(spec.baseline()).map(Baseline::to).orElse(null)
        : null;
  }
}
