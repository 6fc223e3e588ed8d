package dev.sluice.migrations.engine;

import dev.sluice.migrations.plan.Plan;
import dev.sluice.migrations.plan.PlanStep;
import dev.sluice.migrations.postgres.LockProof;
import dev.sluice.migrations.report.Failure;
import java.util.List;
import java.util.Optional;

/**
 * One changelog on one session. Whoever opened it closes it once, after its last use: a changelog
 * may load classes of its own until then.
 */
public interface Engine extends AutoCloseable {
  /** What came of opening a changelog. */
  sealed interface Opening {
    record Opened(Engine engine) implements Opening {}

    record Failed(Failure failure) implements Opening {}
  }

  /**
   * Why nothing may run: what is applied isn't as it was, or the order isn't. Changes nothing, and
   * executes nothing of the changelog.
   */
  Optional<Failure> objection();

  /** What the ledger lacks right now. */
  Pending pending() throws Exception;

  /** What was applied after all that the changelog has, and isn't in it, as after a step back. */
  List<String> ahead() throws Exception;

  /** What is pending, and what was applied before it. */
  Plan plan() throws Exception;

  /** What the changelog as a whole depends on when it is applied, as comments of SQL. */
  default List<String> conditions() {
    return List.of();
  }

  /** What a pending step depends on, and would send, as far as that is known before it runs. */
  List<String> statements(PlanStep step) throws Exception;

  /** What the next run enters in the ledger without running it. */
  default Takeover takeover() throws Exception {
    return Takeover.NOTHING;
  }

  /** Enters that, under the lock, and runs nothing. */
  UpdateResult takeOver(LockProof lock);

  /** Applies what is pending, under the lock, for as long as that is held. */
  UpdateResult update(LockProof lock);

  /** The same on a database of its own, step by step. */
  UpdateResult replay(LockProof lock, Replay replay);

  /** What was thrown, in the words of the report. */
  Failure failure(Exception thrown);

  /** What is odd about the changelog, and no obstacle. */
  List<String> remarks();

  /** Classes of the changelog's own are loaded when it is applied. */
  default boolean bringsClasses() {
    return false;
  }

  /** What is pending depends on more than the files that the fingerprint covers. */
  boolean dependsOnMore();

  /** Ends the transaction that reading has begun, so that the session is in autocommit again. */
  void leaveTransaction();

  /** Leaves the transaction, and frees what was opened; the session stays open. */
  @Override
  void close();
}
