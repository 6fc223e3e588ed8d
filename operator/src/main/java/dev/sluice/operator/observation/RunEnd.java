package dev.sluice.operator.observation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a run ended, as its Job and pod show it. */
public sealed interface RunEnd {
  /** Null: nobody saw it. */
  @Nullable Instant finishedAt();

  /** Null: its container never started, or nobody saw it. */
  default @Nullable Instant startedAt() {
    return null;
  }

  default TerminationReport report() {
    return TerminationReport.NONE;
  }

  /** With its digest, when the node reported it. */
  default @Nullable String image() {
    return null;
  }

  /**
   * A container ended with an exit code.
   *
   * @param container the one that decides how the run ended
   * @param cause null: Kubernetes gave none
   * @param detail Kubernetes' sentence for it
   */
  record Exited(
      int code,
      ContainerRole container,
      @Nullable EndCause cause,
      @Nullable String detail,
      TerminationReport report,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      @Nullable String image)
      implements RunEnd {}

  /** Kubernetes ended the pod or the Job, and no container's exit code was seen. */
  record EndedByKubernetes(EndCause cause, @Nullable String detail, @Nullable Instant finishedAt)
      implements RunEnd {}

  /** Its pod went before it had a node, or before a container of it was made. */
  record NeverStarted(@Nullable Instant finishedAt) implements RunEnd {}

  /** It is over, and nobody saw how: its Job or pod vanished. */
  record Unseen(@Nullable Instant finishedAt) implements RunEnd {}
}
