package dev.sluice.operator.observation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended, as its Job and pod show it.
 *
 * @param exit the container's exit code; null when nobody saw it
 * @param cause Kubernetes' word for it, such as OOMKilled, Evicted, StartError, DeadlineExceeded
 * @param detail Kubernetes' sentence for it
 * @param finishedAt null when nobody saw it
 * @param container null: the one that migrates
 */
public record RunEnd(
    @Nullable Integer exit,
    @Nullable String cause,
    @Nullable String detail,
    TerminationReport report,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable String image,
    @Nullable String container) {

  /** The container that copies what is verified out of another tool's image. */
  public static final String FOLDER = "folder";

  public static final RunEnd UNSEEN =
      new RunEnd(null, null, null, TerminationReport.NONE, null, null, null, null);

  /** The container in a sentence. */
  public String who() {
    return container == null ? "the container" : "the container " + container;
  }
}
