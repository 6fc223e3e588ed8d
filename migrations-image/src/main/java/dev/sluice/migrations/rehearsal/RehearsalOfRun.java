package dev.sluice.migrations.rehearsal;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.engine.Engines;
import dev.sluice.migrations.engine.RehearsalRequest;
import dev.sluice.migrations.engine.Rehearsals;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.engine.RunRequest;
import dev.sluice.migrations.postgres.ServerError;
import dev.sluice.migrations.report.Exit;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import dev.sluice.migrations.report.RehearsalVerdict;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rehearsal before a run: like the target, and judged by what the target has already. */
public final class RehearsalOfRun implements Rehearsals {
  private static final int MOST_NOTICED = 50;

  private static final String REMEDY = "name an image that has, rehearsal.image";

  private final PostgresHome home;
  private final Engines engines;
  private @Nullable ThrowawayServer own;

  public RehearsalOfRun(PostgresHome home, Engines engines) {
    this.home = home;
    this.engines = engines;
  }

  @Override
  public Rehearsed on(Session target, RunRequest request, Set<String> pending, RunContext context) {
    var took = Stopwatch.started();
    var quiet = new RunContext(context.stop().inner(), new QuietEvents(context.events(), pending));
    try {
      var outcome = outcome(target, request, pending, quiet);
      outcome.notes().forEach(made -> context.events().note("rehearsal: made first: " + made));
      outcome.noticed(pending::contains).stream()
          .limit(MOST_NOTICED)
          .forEach(line -> context.events().note(QuietEvents.OWN + line));
      return new Rehearsed(
          Verdicts.of(outcome, took.tenths(), REMEDY), outcome.failure().map(this::refusal));
    } catch (CannotRehearseException e) {
      return without(e, took.tenths());
    } catch (SQLException e) {
      var why = ServerError.in(e).orElseThrow().message();
      return without(CannotRehearseException.thisTime(why), took.tenths());
    }
  }

  /** The server starts while the target is read, and ends while the run goes on. */
  private Rehearsal.Outcome outcome(
      Session target, RunRequest request, Set<String> pending, RunContext context)
      throws SQLException, CannotRehearseException {
    if (request.rehearsal().database() != null) {
      try (var place = GivenDatabase.of(request.rehearsal().database(), context)) {
        return rehearsal(place, TargetFacts.of(target), target, pending).outcome(request, context);
      }
    }
    try (var server = server(target, request.rehearsal(), context)) {
      var facts = TargetFacts.of(target);
      var place = new RehearsalDatabase(server, facts);
      return rehearsal(place, facts, target, pending).outcome(request, context);
    }
  }

  private Rehearsal rehearsal(
      RehearsalPlace place, TargetFacts facts, Session target, Set<String> pending) {
    return new Rehearsal(
        place, facts.extensions(), TargetObjects.of(target), pending::contains, true, engines);
  }

  private RehearsalServer server(Session target, RehearsalRequest rehearsal, RunContext context)
      throws SQLException, CannotRehearseException {
    var major = target.connection().getMetaData().getDatabaseMajorVersion();
    if (rehearsal.server() == null) {
      own = ThrowawayServer.starting(home, major, rehearsal.folder(), context.stop(), false);
      return own;
    }
    var sidecar = SidecarServer.of(rehearsal.server(), context);
    if (sidecar.major() != major) {
      context
          .events()
          .warn(
              "rehearsal: its PostgreSQL is %d, and the database's %d"
                  .formatted(sidecar.major(), major));
    }
    return sidecar;
  }

  @Override
  public void close() {
    if (own != null) {
      own.awaitEnd();
    }
  }

  private Failure refusal(Failure failure) {
    var hint = failure.hint() == null ? "" : failure.hint() + "; ";
    return new Failure(
        Reason.REHEARSAL_FAILED,
        Exit.REFUSED,
        failure.message(),
        hint + "the database wasn't touched; try it by sluice rehearse",
        failure.changeSet(),
        failure.file(),
        failure.sqlState(),
        failure.place());
  }

  /** There is no verdict on the migrations. */
  private static Rehearsed without(CannotRehearseException why, int tenths) {
    var verdict =
        new RehearsalVerdict(
            RehearsalVerdict.Result.SKIPPED, tenths, null, List.of(), List.of(), why.why());
    return new Rehearsed(
        verdict,
        switch (why.kind()) {
          case UNSUPPORTED -> Optional.empty();
          case FOR_GOOD -> Optional.of(impossible(why));
          case THIS_TIME -> Optional.of(impossible(why).exit(Exit.TRANSIENT));
        });
  }

  private static Failure impossible(CannotRehearseException why) {
    return Failure.of(Reason.REHEARSAL_FAILED, "it can't be rehearsed: " + why.why())
        .hint("rehearsal.mode Warn or Never applies it without");
  }
}
