package dev.sluice.operator.decision;

import dev.sluice.api.DatabaseMigrationStatus.Plan;
import dev.sluice.operator.observation.DesiredMigration;

/** The plan of a run, which a person has to approve. */
public record ApprovalRequest(DesiredMigration desired, Plan plan, String job) {
  String message() {
    var count = plan.changeSets() == null ? 0 : plan.changeSets();
    return (count == 1 ? "1 changeset waits" : count + " changesets wait")
        + " for approval: read the plan with kubectl -n %1$s logs job/%2$s, then kubectl -n %1$s"
            .formatted(desired.namespace(), job)
        + " annotate --overwrite dbm %s sluice.dev/approve=%s"
            .formatted(desired.name(), plan.digest())
        + (desired.approve() == null ? "" : " (the annotation names another plan)");
  }
}
