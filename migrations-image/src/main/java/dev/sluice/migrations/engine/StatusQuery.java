package dev.sluice.migrations.engine;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.postgres.ReadOnly;
import java.sql.SQLException;
import java.util.ArrayList;

/** Compares changelog and ledger; takes no lock and changes nothing. */
public record StatusQuery(RunRequest request, Engines engines, RunContext context) {
  public Status status() {
    var missing = request.missing();
    if (missing.isPresent()) {
      return new Status.Unknown(missing.get());
    }
    var frame = new OnSession<Status>(request.connection(), context, Status.Unknown::new);
    return frame.done(session -> on(session, frame));
  }

  private Status on(Session session, OnSession<Status> frame) throws SQLException {
    var ledger = LedgerLookup.of(session, request);
    if (ledger.isEmpty()) {
      return frame.failed(DatabaseFailures.noSchema(request.ledger(), "changelog.ledger.schema"));
    }
    return switch (Looking.opened(session, ledger.get().ledger(), request, engines, context)) {
      case Engine.Opening.Failed(var failure) -> frame.failed(failure);
      case Engine.Opening.Opened(var opened) -> {
        try (var engine = opened;
            var _ = ReadOnly.on(session)) {
          var status = of(engine, frame);
          engine.leaveTransaction();
          yield status;
        }
      }
    };
  }

  private static Status of(Engine engine, OnSession<Status> frame) {
    try {
      var objection = engine.objection();
      if (objection.isPresent()) {
        return frame.failed(objection.get());
      }
      var pending = engine.pending();
      var takeover = engine.takeover();
      var left = new ArrayList<>(pending.names());
      left.removeAll(takeover.names());
      return new Status.Known(pending.total(), left, takeover);
    } catch (Exception e) {
      return frame.failed(engine.failure(e));
    }
  }
}
