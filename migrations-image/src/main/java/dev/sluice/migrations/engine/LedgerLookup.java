package dev.sluice.migrations.engine;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.postgres.Ledger;
import dev.sluice.migrations.postgres.LedgerPlace;
import java.sql.SQLException;
import java.util.Optional;

/** Finds the ledger of a request: where it says, or for a folder where the database has it. */
final class LedgerLookup {
  private LedgerLookup() {}

  /** Empty when the schema that it names, or the session's own, isn't there. */
  static Optional<LedgerPlace> of(Session session, RunRequest request) throws SQLException {
    return request.changelog().isFolder() && !request.choosesLedgerSchema()
        ? LedgerPlace.of(session, request.ledger().table())
        : Ledger.in(session, request.ledger()).map(LedgerPlace::named);
  }
}
