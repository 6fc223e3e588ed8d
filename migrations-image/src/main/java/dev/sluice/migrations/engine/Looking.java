package dev.sluice.migrations.engine;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.postgres.Ledger;
import dev.sluice.migrations.postgres.ReadOnly;
import java.sql.SQLException;

/** A changelog that is opened to be looked at, while the session is read only. */
final class Looking {
  private Looking() {}

  static Engine.Opening opened(
      Session session, Ledger ledger, RunRequest request, Engines engines, RunContext context)
      throws SQLException {
    try (var _ = ReadOnly.on(session)) {
      var opening = engines.open(session, ledger, request, context, ChangelogUse.LOOK);
      if (opening instanceof Engine.Opening.Opened(var engine)) {
        engine.leaveTransaction();
      }
      return opening;
    }
  }
}
