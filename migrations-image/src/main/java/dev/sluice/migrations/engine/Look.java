package dev.sluice.migrations.engine;

import dev.sluice.migrations.database.Ledger;
import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.engine.LiquibaseEngine.Reading;

/** Compares changelog and ledger, and changes nothing. */
final class Look {
  private Look() {}

  static Status at(Session session, Ledger ledger, Order order, Stop stop, Progress progress) {
    return switch (LiquibaseEngine.read(session, ledger, order.changelog(), stop, progress)) {
      case Reading.Unreadable(var failure) -> new Status.Unknown(failure);
      case Reading.Read(var engine) -> known(engine, progress);
    };
  }

  private static Status known(LiquibaseEngine engine, Progress progress) {
    try {
      engine.validate();
      var pending = engine.pending();
      return new Status.Known(pending.total(), pending.names());
    } catch (Exception e) {
      return new Status.Unknown(LiquibaseEngine.failure(e, null, progress));
    } finally {
      engine.close();
    }
  }
}
