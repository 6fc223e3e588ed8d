package dev.sluice.migrations.engine;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.postgres.Ledger;
import dev.sluice.migrations.report.Failure;
import java.sql.SQLException;

/** The engine for each kind of changelog; {@code cli} wires them. */
public interface Engines {
  /** Reads the changelog; the caller closes the engine. */
  Engine.Opening open(
      Session session, Ledger ledger, RunRequest request, RunContext context, ChangelogUse use);

  /** Reads the changelog as far as that goes without a database. */
  Prepared comparison(RunRequest request, RunContext context);

  /** Compares a changelog with the history that its own tool keeps. Changes nothing. */
  @FunctionalInterface
  interface Comparison {
    Result on(Session session) throws SQLException;

    /** What came of comparing. */
    sealed interface Result {
      record Compared(Differences differences) implements Result {}

      record Failed(Failure failure) implements Result {}
    }
  }

  /** What came of reading a changelog that is to be compared. */
  sealed interface Prepared {
    record Ready(Comparison comparison) implements Prepared {}

    record Refused(Failure failure) implements Prepared {}
  }
}
