package dev.sluice.migrations.engine;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.event.RunEvent;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.RehearsalVerdict;
import dev.sluice.migrations.report.Report;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Has what is pending rehearsed, once in a run, and says whether it may run. */
final class RehearsalGate implements AutoCloseable {
  private final Session session;
  private final RunRequest request;
  private final Rehearsals rehearsals;
  private final RunContext context;
  private Optional<RehearsalVerdict> verdict = Optional.empty();

  RehearsalGate(Session session, RunRequest request, Rehearsals rehearsals, RunContext context) {
    this.session = session;
    this.request = request;
    this.rehearsals = rehearsals;
    this.context = context;
  }

  /** Why nothing may run; empty when it may, or when there is nothing to rehearse. */
  Optional<Failure> refusal(Engine engine) throws SQLException {
    if (request.rehearsal().mode() == RehearsalRequest.Mode.NEVER || verdict.isPresent()) {
      return Optional.empty();
    }
    var pending = pending(engine);
    engine.leaveTransaction();
    if (pending.isEmpty()) {
      return Optional.empty();
    }
    context.events().on(new RunEvent.RehearsalBegan());
    var rehearsed = rehearsals.on(session, request, pending, context);
    context.events().on(new RunEvent.RehearsalEnded());
    verdict = Optional.of(rehearsed.verdict());
    session.guardedBy(context.stop());
    say(rehearsed);
    return request.rehearsal().mode() == RehearsalRequest.Mode.ENFORCE
            || context.stop().cause().isPresent()
        ? rehearsed.failure()
        : Optional.empty();
  }

  /** What will run; nothing where something stands against it, which the run then reports. */
  private static Set<String> pending(Engine engine) {
    try {
      if (engine.objection().isPresent()) {
        return Set.of();
      }
      var names =
          engine.pending().items().stream()
              .filter(item -> !item.alwaysRuns())
              .map(Pending.Item::name)
              .collect(Collectors.toCollection(HashSet::new));
      engine.takeover().names().forEach(names::remove);
      return names;
    } catch (Exception _) {
      return Set.of(); // the run meets it once more, and reports it
    }
  }

  @Override
  public void close() {
    rehearsals.close();
  }

  private void say(Rehearsals.Rehearsed rehearsed) {
    var said = rehearsed.verdict();
    var on = said.postgres() == null ? "" : " on PostgreSQL " + said.postgres();
    context
        .events()
        .note(
            "rehearsal: %s%s, %d.%d s"
                .formatted(said.result().label(), on, said.tenths() / 10, said.tenths() % 10));
    said.skipped().forEach(line -> context.events().warn("not rehearsed: " + line));
    if (said.warning() != null) {
      context.events().warn("rehearsal: " + said.warning());
    }
  }

  Report reported(Report report) {
    return verdict.map(report::with).orElse(report);
  }
}
