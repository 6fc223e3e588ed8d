package dev.sluice.migrations.engine;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.plan.Plan;
import dev.sluice.migrations.postgres.ReadOnly;
import dev.sluice.migrations.report.ChangeSetCounts;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.PlanSummary;
import dev.sluice.migrations.report.Reason;
import dev.sluice.migrations.report.Report;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a person has approved what is pending.
 *
 * @param engine one that only looks
 * @param files tell the content from every other; empty for a tree too large to be told
 */
record ApprovalCheck(
    Session session,
    Engine engine,
    RunRequest request,
    Optional<Fingerprint> files,
    RunContext context) {
  private static final int MOST_STATEMENTS = 100;

  /**
   * What to report instead of a run; empty when it may begin. Changes nothing, for the engine is
   * one that only looks, on a session that is read only meanwhile.
   */
  Optional<Report> missing() {
    try {
      engine.leaveTransaction();
      try (var _ = ReadOnly.on(session)) {
        var missing = looked();
        engine.leaveTransaction();
        return missing;
      }
    } catch (SQLException e) {
      return Optional.of(failed(engine.failure(e)));
    }
  }

  private Optional<Report> looked() {
    try {
      var objection = engine.objection();
      if (objection.isPresent()) {
        return Optional.of(failed(objection.get()));
      }
      var plan = engine.plan();
      return request.approval().allows(plan, seed()) ? Optional.empty() : Optional.of(ask(plan));
    } catch (Exception e) {
      return Optional.of(failed(engine.failure(e)));
    }
  }

  private String seed() {
    return request.revision().target() + "\n" + files.map(Fingerprint::ofChangelog).orElse("");
  }

  private Report ask(Plan plan) throws Exception {
    var digest = plan.digest(seed());
    show(plan);
    context.events().note("plan " + digest);
    var count = plan.pending().size();
    var pending = engine.pending();
    return Report.planned(
        request.revision().revision(),
        new ChangeSetCounts(pending.total(), count, 0),
        new PlanSummary(digest, count),
        Failure.of(
                Reason.APPROVAL_REQUIRED,
                count + (count == 1 ? " changeset waits" : " changesets wait") + " for approval")
            .hint("the log has the plan; approve it by its digest, " + digest));
  }

  private void show(Plan plan) throws Exception {
    engine.conditions().forEach(line -> context.events().note("plan " + line));
    var number = 0;
    for (var step : plan.pending()) {
      number++;
      context
          .events()
          .note("plan [%d/%d] %s".formatted(number, plan.pending().size(), step.name()));
      var statements = engine.statements(step);
      statements.stream()
          .limit(MOST_STATEMENTS)
          .flatMap(ApprovalCheck::lines)
          .forEach(line -> context.events().note("  " + line));
      if (statements.size() > MOST_STATEMENTS) {
        context.events().note("  -- and %d more".formatted(statements.size() - MOST_STATEMENTS));
      }
    }
  }

  private static Stream<String> lines(String statement) {
    return statement.strip().lines().filter(line -> !line.isBlank());
  }

  private Report failed(Failure failure) {
    var why = StopFailures.whileLooking(context.stop(), failure, "while the plan was made");
    return Report.failed(request.revision().revision(), List.of(), null, why);
  }
}
