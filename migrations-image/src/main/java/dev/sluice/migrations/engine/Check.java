package dev.sluice.migrations.engine;

import dev.sluice.migrations.database.Connector;
import dev.sluice.migrations.database.Ledger;
import dev.sluice.migrations.database.Patience;
import dev.sluice.migrations.database.ServerError;
import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.folder.FolderReading;
import dev.sluice.migrations.report.Counts;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import dev.sluice.migrations.report.Report;
import java.sql.SQLException;
import java.util.List;

/** After another tool has run: whether its own history has all that it should. Changes nothing. */
public record Check(Order order, Stop stop, Progress progress) {
  /** What there is to compare, once there is a session. */
  @FunctionalInterface
  private interface Comparison {
    Report on(Session session) throws SQLException;
  }

  public Report report() {
    var changelog = order.changelog();
    var missing = changelog.missing();
    if (missing.isPresent()) {
      return failed(hinted(missing.get()));
    }
    if (!changelog.isFolder()) {
      return connected(this::liquibase);
    }
    return switch (FolderReading.of(changelog.root(), changelog.path())) {
      case FolderReading.Refused(var file, var message, var hint) ->
          failed(Failure.of(Reason.CHANGELOG_INVALID, message).in(null, file).hint(hint));
      case FolderReading.Read(var folder) -> {
        folder.warnings().forEach(progress::warn);
        yield connected(session -> report(Differences.between(folder, session, order)));
      }
    };
  }

  private static Failure hinted(Failure missing) {
    return missing.reason() == Reason.CHANGELOG_MISSING
        ? missing.hint("see verify: changelogFile is relative to changelog, which is a folder")
        : missing;
  }

  private Report connected(Comparison comparison) {
    var patience = new Patience(stop, progress, order.poll(), order.wrongPassword());
    var connector = new Connector(order.destination(), order.credentials(), progress);
    return Failures.fold(
        patience.connected(connector), session -> on(session, comparison), this::failed);
  }

  private Report on(Session opened, Comparison comparison) {
    try (var session = opened) {
      session.guardedBy(stop);
      return comparison.on(session);
    } catch (SQLException e) {
      return failed(Failures.of(ServerError.in(e).orElseThrow()));
    } finally {
      stop.release();
    }
  }

  private Report liquibase(Session session) throws SQLException {
    var ledger = Ledger.in(session, order.ledgerSchema(), order.ledgerTable());
    return ledger.isEmpty()
        ? failed(Failures.noSchema(order.ledgerSchema(), "verify.history.schema"))
        : switch (new LiquibaseCheck(session, ledger.get(), order.changelog())
            .done(stop, progress)) {
          case LiquibaseCheck.Result.Failed(var failure) -> failed(failure);
          case LiquibaseCheck.Result.Compared(var differences) -> report(differences);
        };
  }

  private Report report(Differences differences) {
    return differences
        .failure()
        .map(this::failed)
        .orElseGet(() ->
            Report.succeeded(
                order.revision(), List.of(), new Counts(differences.total(), 0, 0), List.of()));
  }

  private Report failed(Failure failure) {
    return Report.failed(order.revision(), List.of(), null, failure);
  }
}
