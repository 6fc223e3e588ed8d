package dev.sluice.migrations.engine;

import dev.sluice.migrations.database.Attempt;
import dev.sluice.migrations.database.Patience;
import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.event.RunEvent;
import dev.sluice.migrations.postgres.Connector;
import dev.sluice.migrations.postgres.ServerError;
import dev.sluice.migrations.report.Failure;
import java.sql.SQLException;
import java.util.function.Function;

/**
 * The frame around all work on a session: it connects, lets a stop cancel what runs, reports what a
 * stop has cancelled as stopped, and closes.
 *
 * @param <T> what the work comes to, a failure included
 */
final class OnSession<T> {
  private static final String LOOKING = "while the runner looked at its own tables";

  /** What is done on the session. */
  @FunctionalInterface
  interface Work<T> {
    T on(Session session) throws SQLException;
  }

  private final ConnectionRequest request;
  private final RunContext context;
  private final Function<Failure, T> failed;
  private final Patience patience;

  OnSession(ConnectionRequest request, RunContext context, Function<Failure, T> failed) {
    this.request = request;
    this.context = context;
    this.failed = failed;
    this.patience =
        new Patience(
            context.stop(),
            context.events(),
            request.poll(),
            request.wrongPassword(),
            request.unreachable());
  }

  T done(Work<T> work) {
    var connector = new Connector(request.destination(), request.credentials(), context.events());
    return got(patience.until(connector::connect), session -> on(session, work));
  }

  private T on(Session opened, Work<T> work) {
    context.events().on(new RunEvent.Connected());
    try (var session = opened) {
      session.guardedBy(context.stop());
      return work.on(session);
    } catch (SQLException e) {
      return failed(DatabaseFailures.of(ServerError.in(e).orElseThrow()));
    } finally {
      context.stop().release();
    }
  }

  /** For further waiting on the session, as for its lock. */
  Patience patience() {
    return patience;
  }

  /** What is made of something that was waited for, or of its absence. */
  <V> T got(Attempt<V> attempt, Function<V, T> use) {
    return StopFailures.fold(attempt, use, failed);
  }

  /** What the runner's own looking came to, if it failed. */
  T failed(Failure failure) {
    return failed.apply(StopFailures.whileLooking(context.stop(), failure, LOOKING));
  }
}
