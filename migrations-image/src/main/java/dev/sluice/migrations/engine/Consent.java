package dev.sluice.migrations.engine;

import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.plan.Plan;
import dev.sluice.migrations.report.Counts;
import dev.sluice.migrations.report.Exit;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Planned;
import dev.sluice.migrations.report.Reason;
import dev.sluice.migrations.report.Report;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A person's word for what is pending, where one is needed.
 *
 * @param files tell the content from every other; empty for a tree too large to be told
 */
record Consent(
    Engine engine, Order order, Optional<Fingerprint> files, Stop stop, Progress progress) {
  private static final int MOST_STATEMENTS = 100;

  /** What to report instead of a run; empty when it may begin. Changes nothing. */
  Optional<Report> missing() {
    if (!order.approval().needed()) {
      return Optional.empty();
    }
    try {
      var objection = engine.objection();
      if (objection.isPresent()) {
        return Optional.of(failed(objection.get()));
      }
      var plan = engine.plan();
      return order.approval().allows(plan, seed()) ? Optional.empty() : Optional.of(ask(plan));
    } catch (Exception e) {
      return Optional.of(failed(engine.failure(e)));
    }
  }

  private String seed() {
    return order.target() + "\n" + files.map(Fingerprint::ofChangelog).orElse("");
  }

  private Report ask(Plan plan) throws Exception {
    var digest = plan.digest(seed());
    tell(plan);
    progress.note("plan " + digest);
    var count = plan.pending().size();
    var pending = engine.pending();
    return Report.planned(
        order.revision(),
        new Counts(pending.total(), count, 0),
        new Planned(digest, count),
        Failure.of(
                Reason.APPROVAL_REQUIRED,
                count + (count == 1 ? " changeset waits" : " changesets wait") + " for approval")
            .hint("the log has the plan; approve it by its digest, " + digest));
  }

  private void tell(Plan plan) throws Exception {
    var number = 0;
    for (var step : plan.pending()) {
      number++;
      progress.note("plan [%d/%d] %s".formatted(number, plan.pending().size(), step.name()));
      var statements = engine.statements(step);
      statements.stream()
          .limit(MOST_STATEMENTS)
          .flatMap(Consent::lines)
          .forEach(line -> progress.note("  " + line));
      if (statements.size() > MOST_STATEMENTS) {
        progress.note("  -- and %d more".formatted(statements.size() - MOST_STATEMENTS));
      }
    }
  }

  private static Stream<String> lines(String statement) {
    return statement.strip().lines().filter(line -> !line.isBlank());
  }

  /** What a stop has cancelled is no failure of its own. */
  private Report failed(Failure failure) {
    var why =
        stop.cause()
            .filter(_ -> failure.exit() == Exit.TRANSIENT)
            .map(cause -> Failures.stopped(cause, "while the plan was made"))
            .orElse(failure);
    return Report.failed(order.revision(), List.of(), null, why);
  }
}
