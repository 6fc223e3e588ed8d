package dev.sluice.operator.decision;

import dev.sluice.api.DatabaseMigrationStatus.Plan;
import dev.sluice.operator.observation.DesiredMigration;
import java.util.regex.Pattern;

/** A person's word for a plan. */
public final class Approvals {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  private Approvals() {}

  /** Whether it may be the digest of a plan. */
  public static boolean isDigest(String word) {
    return DIGEST.matcher(word).matches();
  }

  static String ask(DesiredMigration goal, Plan plan, String job) {
    var count = plan.changeSets() == null ? 0 : plan.changeSets();
    return (count == 1 ? "1 changeset waits" : count + " changesets wait")
        + " for approval: read the plan with kubectl -n %1$s logs job/%2$s, then kubectl -n %1$s"
            .formatted(goal.namespace(), job)
        + " annotate --overwrite dbm %s sluice.dev/approve=%s".formatted(goal.name(), plan.digest())
        + (goal.approve() == null ? "" : " (the annotation names another plan)");
  }
}
