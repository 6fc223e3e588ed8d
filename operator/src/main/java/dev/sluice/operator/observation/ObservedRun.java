package dev.sluice.operator.observation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run as its Job and pod show it.
 *
 * @param uid of the migration that it was started for
 * @param retry {@link DesiredMigration#retryMark} at its start
 * @param owned the Job carries an owner reference: its end was entered into the status
 * @param over the Job will change no more
 * @param leaving the Job is being deleted
 */
public record ObservedRun(
    String job,
    String uid,
    long number,
    long generation,
    int attempt,
    Input input,
    @Nullable String retry,
    Instant createdAt,
    boolean owned,
    boolean over,
    boolean leaving,
    Phase phase) {

  /** How far it is. */
  public sealed interface Phase {
    /** Its container hasn't started; why, if that is known. */
    record Waiting(@Nullable Obstacle obstacle) implements Phase {}

    /** Its container works. */
    record Working(@Nullable Instant since, Progress progress) implements Phase {}

    /** Its container ended, or never will run. */
    record Ended(RunEnd end) implements Phase {}
  }

  /** How far a container is that has started, by its probes. */
  public enum Progress {
    CONNECTING,
    LOCKING,
    MIGRATING
  }
}
