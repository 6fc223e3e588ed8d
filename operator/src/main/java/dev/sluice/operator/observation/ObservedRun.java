package dev.sluice.operator.observation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run as its Job and pod show it.
 *
 * @param jobUid of its Job
 * @param uid of the migration that it was started for
 * @param retry {@link DesiredMigration#retryMark} at its start
 * @param approved the digest that was approved at its start; null: none was
 * @param required the revisions that it was asked to look for, in their order
 * @param owned the Job carries an owner reference: its end was entered into the status
 * @param over the Job will change no more
 * @param leaving the Job is being deleted
 * @param proven its Job is the one that this operator made; of another one no success is believed
 */
public record ObservedRun(
    String job,
    String jobUid,
    String uid,
    long number,
    long generation,
    int attempt,
    Input input,
    @Nullable String retry,
    @Nullable String approved,
    List<String> required,
    Instant createdAt,
    boolean owned,
    boolean over,
    boolean leaving,
    boolean proven,
    Phase phase) {
  public ObservedRun {
    required = List.copyOf(required);
  }

  /** The same run, further on. */
  public ObservedRun at(Phase next) {
    return as(over, leaving, next);
  }

  /** The same run, once its Job is gone. */
  public ObservedRun gone(RunEnd end) {
    return new ObservedRun(
        job,
        jobUid,
        uid,
        number,
        generation,
        attempt,
        input,
        retry,
        approved,
        required,
        createdAt,
        true,
        true,
        true,
        proven,
        new Phase.Ended(end));
  }

  /** The same run, with another state of its Job. */
  public ObservedRun as(boolean nowOver, boolean nowLeaving, Phase next) {
    return new ObservedRun(
        job,
        jobUid,
        uid,
        number,
        generation,
        attempt,
        input,
        retry,
        approved,
        required,
        createdAt,
        owned,
        nowOver,
        nowLeaving,
        proven,
        next);
  }

  /** How far it is. */
  public sealed interface Phase {
    /** Its container hasn't started: its pod has no node, or an obstacle that is named. */
    record Waiting(@Nullable Obstacle obstacle) implements Phase {}

    /**
     * Its pod has a node: its container may work already, for the kubelet reports late.
     *
     * @param before what it seemed to come after
     */
    record Bound(@Nullable Obstacle before) implements Phase {}

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
