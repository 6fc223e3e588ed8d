package dev.sluice.migrations.engine;

import dev.sluice.migrations.database.Attempt;
import dev.sluice.migrations.database.Connector;
import dev.sluice.migrations.database.Patience;
import dev.sluice.migrations.database.ServerError;
import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.FolderReading;
import dev.sluice.migrations.report.Counts;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import dev.sluice.migrations.report.Report;
import java.sql.SQLException;
import java.util.List;

/** After another tool has run: whether its own history has all of the folder. Changes nothing. */
public record Check(Order order, Stop stop, Progress progress) {
  public Report report() {
    var changelog = order.changelog();
    if (!changelog.isFolder()) {
      return failed(
          Failure.of(Reason.CHANGELOG_MISSING, changelog.path() + " isn't a folder")
              .hint("name the folder of the tool's migrations in verify.changelog"));
    }
    return switch (FolderReading.of(changelog.root(), changelog.path())) {
      case FolderReading.Refused(var file, var message, var hint) ->
          failed(Failure.of(Reason.CHANGELOG_INVALID, message).in(null, file).hint(hint));
      case FolderReading.Read(var folder) -> report(folder);
    };
  }

  private Report report(Folder folder) {
    folder.warnings().forEach(progress::warn);
    var patience = new Patience(stop, progress, order.poll(), order.wrongPassword());
    var connector = new Connector(order.destination(), order.credentials(), progress);
    return switch (patience.connected(connector)) {
      case Attempt.Got(var session) -> on(session, folder);
      case Attempt.Failed(var trouble) -> failed(Failures.of(trouble));
      case Attempt.NotYet(var trouble) -> failed(Failures.of(trouble));
      case Attempt.Stopped(var cause, var trouble) -> failed(Failures.stopped(cause, trouble));
    };
  }

  private Report on(Session opened, Folder folder) {
    try (var session = opened) {
      session.guardedBy(stop);
      var counts = new Counts(folder.migrations().size(), 0, 0);
      return Differences.between(folder, session)
          .failure()
          .map(this::failed)
          .orElseGet(() -> Report.succeeded(order.revision(), List.of(), counts, List.of()));
    } catch (SQLException e) {
      return failed(Failures.of(ServerError.in(e).orElseThrow()));
    } finally {
      stop.release();
    }
  }

  private Report failed(Failure failure) {
    return Report.failed(order.revision(), List.of(), null, failure);
  }
}
