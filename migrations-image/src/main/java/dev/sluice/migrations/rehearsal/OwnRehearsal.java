package dev.sluice.migrations.rehearsal;

import dev.sluice.migrations.credentials.CredentialSource;
import dev.sluice.migrations.database.Attempt;
import dev.sluice.migrations.database.Destination;
import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.database.SessionSettings;
import dev.sluice.migrations.database.TlsSettings;
import dev.sluice.migrations.engine.DatabaseFailures;
import dev.sluice.migrations.engine.Engines;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.engine.RunRequest;
import dev.sluice.migrations.postgres.Connector;
import dev.sluice.migrations.postgres.ServerError;
import dev.sluice.migrations.rehearsal.observation.ChangeSetObservation;
import dev.sluice.migrations.report.Exit;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import dev.sluice.migrations.report.Report;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A rehearsal for its own sake, on a laptop or in CI.
 *
 * @param major null: that of {@code like}, or the newest
 * @param like where the database is that it is to be like; null: there is none
 * @param database that is kept for rehearsals; null: one on a throw-away server
 * @param keep leave the server up
 * @param observations are given what was seen of each changeset
 */
public record OwnRehearsal(
    PostgresHome home,
    Engines engines,
    @Nullable Integer major,
    @Nullable CredentialSource like,
    @Nullable CredentialSource database,
    boolean keep,
    Consumer<List<ChangeSetObservation>> observations) {
  /** Whoever migrates where nobody says who. */
  public static final String ROLE = "postgres";

  public static final String DATABASE = "rehearsal";

  private static final int NEWEST = 18;
  private static final String REMEDY = "rehearse on a server that has it, with --url";
  private static final TlsSettings ANY_TLS = new TlsSettings(null, null, null);

  public Report report(RunRequest request, RunContext context) {
    var missing = request.missing();
    if (missing.isPresent()) {
      return failed(missing.get());
    }
    try {
      if (database != null) {
        try (var place = GivenDatabase.of(database, context)) {
          return rehearsed(place, List.of(), TargetObjects.unknown(), request, context);
        }
      }
      return like == null
          ? rehearsed(ofNothing(request), TargetObjects.unknown(), request, context)
          : likeDatabase(like, request, context);
    } catch (CannotRehearseException e) {
      return failed(
          Failure.of(Reason.REHEARSAL_FAILED, "it can't be rehearsed: " + e.why())
              .exit(
                  switch (e.kind()) {
                    case UNSUPPORTED, FOR_GOOD -> Exit.CONFIGURATION;
                    case THIS_TIME -> Exit.TRANSIENT;
                  }));
    }
  }

  private TargetFacts ofNothing(RunRequest request) throws CannotRehearseException {
    var majors = home.majors();
    if (majors.isEmpty()) {
      throw CannotRehearseException.unsupported(
          home.lacking(major == null ? NEWEST : major).orElseThrow());
    }
    var facts = TargetFacts.ofNothing(major == null ? majors.getLast() : major, ROLE, DATABASE);
    return facts.withRole(request.connection().destination().session().role());
  }

  private Report likeDatabase(CredentialSource like, RunRequest request, RunContext context)
      throws CannotRehearseException {
    var where =
        new Destination(null, null, null, ANY_TLS, "sluice rehearse", SessionSettings.DEFAULT);
    return switch (new Connector(where, like, context.events()).connect()) {
      case Attempt.Got<Session>(var opened) -> {
        try (var session = opened) {
          var facts = TargetFacts.of(session);
          yield rehearsed(
              major == null ? facts : facts.on(major), TargetObjects.of(session), request, context);
        } catch (SQLException e) {
          yield failed(DatabaseFailures.of(ServerError.in(e).orElseThrow()));
        }
      }
      case Attempt.NotYet<Session>(var trouble) -> failed(notYet(DatabaseFailures.of(trouble)));
      case Attempt.Failed<Session>(var trouble) -> failed(DatabaseFailures.of(trouble));
      case Attempt.Stopped<Session>(_, var trouble) -> failed(DatabaseFailures.of(trouble));
    };
  }

  private Report rehearsed(
      TargetFacts facts, TargetObjects target, RunRequest request, RunContext context)
      throws CannotRehearseException {
    var server =
        ThrowawayServer.starting(
            home, facts.major(), request.rehearsal().folder(), context.stop(), keep);
    context.events().note("rehearsing on PostgreSQL " + facts.major());
    try {
      return rehearsed(
          new RehearsalDatabase(server, facts), facts.extensions(), target, request, context);
    } finally {
      if (keep && server.end().isEmpty()) {
        leave(server, facts, context);
      } else {
        server.close();
        server.awaitEnd();
      }
    }
  }

  private Report rehearsed(
      RehearsalPlace place,
      List<TargetExtension> extensions,
      TargetObjects target,
      RunRequest request,
      RunContext context)
      throws CannotRehearseException {
    var took = Stopwatch.started();
    var outcome =
        new Rehearsal(place, extensions, target, _ -> true, like != null, engines)
            .outcome(request, new RunContext(context.stop(), new LoudEvents(context.events())));
    outcome.notes().forEach(made -> context.events().note("made first: " + made));
    outcome.stubs().forEach(stub -> context.events().note("stand-in: extension " + stub));
    outcome.skipped().forEach(line -> context.events().warn("not rehearsed: " + line));
    outcome.noticed(_ -> true).forEach(line -> context.events().note("seen: " + line));
    observations.accept(outcome.observations());
    var verdict = Verdicts.of(outcome, took.tenths(), REMEDY);
    return outcome
        .failure()
        .map(failure -> failed(hinted(failure, outcome)).with(verdict))
        .orElseGet(() -> Report.rehearsed(outcome.applied(), verdict));
  }

  /** A rehearsal doesn't wait for it. */
  private static Failure notYet(Failure failure) {
    return failure.exit() == Exit.WAITED ? failure.exit(Exit.TRANSIENT) : failure;
  }

  private static Failure hinted(Failure failure, Rehearsal.Outcome outcome) {
    return outcome.unknownExtensions().isEmpty() ? failure : failure.hint(REMEDY);
  }

  private static void leave(ThrowawayServer server, TargetFacts facts, RunContext context) {
    var url = server.url(facts.database(), facts.role());
    context.events().note("left running: " + url);
    context
        .events()
        .note(
            "to end it: kill -QUIT %d; sleep 1; rm -r %s"
                .formatted(server.left(), server.folder()));
  }

  private static Report failed(Failure failure) {
    return Report.failed(null, List.of(), null, failure);
  }
}
