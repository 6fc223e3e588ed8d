package dev.sluice.migrations.rehearsal;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.engine.AdoptMode;
import dev.sluice.migrations.engine.Engines;
import dev.sluice.migrations.engine.FolderPolicy;
import dev.sluice.migrations.engine.HistoryRequest;
import dev.sluice.migrations.engine.RehearsalRequest;
import dev.sluice.migrations.engine.ReplayObserver;
import dev.sluice.migrations.engine.ReplayRun;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.engine.RunRequest;
import dev.sluice.migrations.engine.SignsOfLife;
import dev.sluice.migrations.plan.PlanApproval;
import dev.sluice.migrations.postgres.Activity;
import dev.sluice.migrations.postgres.ServerError;
import dev.sluice.migrations.postgres.Sql;
import dev.sluice.migrations.rehearsal.observation.ChangeSetObservation;
import dev.sluice.migrations.rehearsal.observation.ObservationSummary;
import dev.sluice.migrations.rehearsal.observation.StatementObserver;
import dev.sluice.migrations.rehearsal.observation.UnwatchedTables;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.RehearsalVerdict;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tries all migrations of a changelog on an empty database, from the first one, and then once more.
 *
 * @param extensions of the database that the migrations are for
 * @param isPending the changesets whose failure counts
 * @param forTarget there is a database that the migrations are for
 */
record Rehearsal(
    RehearsalPlace place,
    List<TargetExtension> extensions,
    TargetObjects target,
    Predicate<String> isPending,
    boolean forTarget,
    Engines engines) {
  private static final int LOOKS = 20;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  Rehearsal {
    extensions = List.copyOf(extensions);
  }

  /** What came of it; {@code passed}: failures that stop nothing. */
  record Outcome(
      String postgres,
      List<String> applied,
      Optional<Failure> failure,
      List<Failure> passed,
      List<String> skipped,
      List<String> notes,
      List<String> unknownExtensions,
      List<String> stubs,
      List<ChangeSetObservation> observations,
      boolean isPartial) {
    Outcome {
      applied = List.copyOf(applied);
      passed = List.copyOf(passed);
      skipped = List.copyOf(skipped);
      notes = List.copyOf(notes);
      unknownExtensions = List.copyOf(unknownExtensions);
      stubs = List.copyOf(stubs);
      observations = List.copyOf(observations);
    }

    /** What is notable, a line for each changeset that anybody would notice. */
    List<String> noticed(Predicate<String> wanted) {
      return observations.stream()
          .filter(seen -> wanted.test(seen.name()))
          .flatMap(
              seen -> ObservationSummary.of(seen).map(line -> seen.name() + ": " + line).stream())
          .toList();
    }

    RehearsalVerdict.Result result() {
      if (failure.isPresent()) {
        return RehearsalVerdict.Result.FAILED;
      }
      return isPartial ? RehearsalVerdict.Result.PARTIAL : RehearsalVerdict.Result.PASSED;
    }
  }

  Outcome outcome(RunRequest request, RunContext context) throws CannotRehearseException {
    return outcome(request, context, true);
  }

  /** {@code observed}: with what is seen of each statement. */
  Outcome outcome(RunRequest request, RunContext context, boolean observed)
      throws CannotRehearseException {
    var own = onEmpty(request);
    try {
      var seen = observed ? once(own, context, true) : Optional.<Outcome>empty();
      return seen.isPresent() ? seen.get() : once(own, context, false).orElseThrow();
    } catch (SQLException e) {
      if (context.stop().cause().isPresent()) {
        throw CannotRehearseException.stopped();
      }
      throw CannotRehearseException.thisTime(
          end(context).orElseGet(() -> ServerError.in(e).orElseThrow().message()));
    }
  }

  /** Empty when the observer failed, so that it has to be done without. */
  private Optional<Outcome> once(RunRequest own, RunContext context, boolean observed)
      throws SQLException, CannotRehearseException {
    var unobserved = place.make(expected(own), observed);
    unobserved.ifPresent(why -> context.events().note(QuietEvents.OWN + "not observed: " + why));
    try (var session = place.session(own.connection().destination().session())) {
      var statements = new StatementObserver(session::connection, unwatched(own));
      var observer =
          new RehearsalObserver(
              observed && unobserved.isEmpty() ? statements : ReplayObserver.NONE);
      var outcome = on(session, own, context, observer, statements);
      return observer.broken().isPresent() && place.end().isEmpty()
          ? Optional.empty()
          : Optional.of(outcome);
    }
  }

  private Outcome on(
      Session session,
      RunRequest request,
      RunContext context,
      RehearsalObserver observer,
      StatementObserver statements)
      throws SQLException, CannotRehearseException {
    session.guardedBy(context.stop());
    try (var signs =
        new SignsOfLife(Activity.of(session), this::looking, context.events(), SignsOfLife.USUAL)) {
      var prerequisites = new Prerequisites(place, extensions, target);
      var guide = new ReplayGuide(observer, prerequisites, target, isPending, forTarget);
      var result =
          new ReplayRun(session, request, engines, new RunContext(context.stop(), signs))
              .replayed(guide);
      context.stop().release();
      if (context.stop().cause().isPresent()) {
        throw CannotRehearseException.stopped();
      }
      var broken = guide.broken().filter(_ -> observer.broken().isEmpty());
      if (broken.isPresent() || place.end().isPresent()) {
        throw CannotRehearseException.thisTime(
            end(context).map(end -> "its PostgreSQL: " + end).orElse(broken.orElse("")));
      }
      return new Outcome(
          version(session) + place.where(),
          result.applied(),
          result.failure(),
          guide.passed(),
          guide.skipped(),
          prerequisites.made(),
          guide.unknownExtensions(),
          place.stubs(session),
          statements.observations(),
          guide.isPartial());
    } finally {
      context.stop().release();
    }
  }

  private @Nullable Session looking() throws SQLException {
    try {
      return place.admin();
    } catch (CannotRehearseException _) {
      return null;
    }
  }

  /** A session ends before its server has said why. */
  private Optional<String> end(RunContext context) {
    var end = place.end();
    for (var looks = 0; end.isEmpty() && looks < LOOKS; looks++) {
      if (!context.stop().sleep(BETWEEN_LOOKS)) {
        return end;
      }
      end = place.end();
    }
    return end;
  }

  /** What isn't the user's own. */
  private static UnwatchedTables unwatched(RunRequest request) {
    var ledger = request.ledger().table();
    return UnwatchedTables.of(
        List.of(
            "sluice.*",
            "*." + (ledger == null ? "databasechangelog" : ledger),
            "*.databasechangeloglock",
            "*.sluice_revision",
            "*.sluice_unfinished",
            "*.__drizzle_migrations",
            "*.flyway_schema_history"));
  }

  private static String version(Session session) throws SQLException {
    var whole =
        Sql.rows(session.connection(), row -> row.getString(1), "show server_version").getFirst();
    return whole.split(" ", 2)[0];
  }

  /** There is no history to go by, and nothing to approve. */
  private static RunRequest onEmpty(RunRequest request) {
    var usual = HistoryRequest.USUAL;
    return new RunRequest(
        request.connection(),
        request.changelog(),
        request.ledger(),
        FolderPolicy.STRICT,
        new HistoryRequest(AdoptMode.NEVER, request.history().table(), usual.baselineTo()),
        new PlanApproval(false, null),
        RehearsalRequest.NEVER,
        request.revision());
  }

  /** Schemas that a run refuses to begin without. */
  private static List<String> expected(RunRequest request) {
    var schemas = new ArrayList<>(request.connection().destination().session().searchPath());
    Stream.of(Optional.ofNullable(request.ledger().schema()))
        .flatMap(Optional::stream)
        .forEach(schemas::add);
    schemas.removeIf(schema -> schema.startsWith("pg_") || schema.equals("public"));
    return schemas;
  }
}
