package dev.sluice.migrations.engine;

import dev.sluice.migrations.plan.Plan;
import dev.sluice.migrations.plan.Step;
import dev.sluice.migrations.report.Failure;
import java.util.List;
import java.util.Optional;

/** One changelog on one session: Liquibase's, or a folder of plain SQL. */
interface Engine {
  /** What came of reading a changelog. */
  sealed interface Reading {
    record Read(Engine engine) implements Reading {}

    record Unreadable(Failure failure) implements Reading {}
  }

  /** Why nothing may run: what is applied isn't as it was, or the order isn't. Changes nothing. */
  Optional<Failure> objection();

  /** What the ledger lacks right now. */
  Pending pending() throws Exception;

  /** What is pending, and what was applied before it. */
  Plan plan() throws Exception;

  /** What a pending step would send, as far as that is known before it runs. */
  List<String> statements(Step step) throws Exception;

  /** To be called under the lock. */
  Updated update();

  /** What was thrown, in the words of the report. */
  Failure failure(Exception thrown);

  /** What is odd about the changelog, and no obstacle. */
  List<String> remarks();

  /** A file was read that the fingerprint of the tree doesn't cover. */
  boolean readOutsideOfTheRoot();

  /** Leaves the connection as it was before: outside of a transaction. */
  void close();
}
