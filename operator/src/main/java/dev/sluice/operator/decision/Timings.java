package dev.sluice.operator.decision;

import java.time.Duration;

/**
 * How long the operator waits, and for what. The components are other ones in tests; the constants
 * are the same everywhere.
 *
 * @param soon the next look where no watch reports a change: events about a pod, an API server that
 *     refused
 * @param safety the next look in case a watch event got lost
 * @param stuck a pod that hasn't started by then is looked into
 * @param retry the first pause after an outage; it doubles
 * @param longestRetry the longest
 */
public record Timings(
    Duration soon, Duration safety, Duration stuck, Duration retry, Duration longestRetry) {

  public static final Timings DEFAULT =
      new Timings(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(3),
          Duration.ofSeconds(1),
          Duration.ofSeconds(20));

  /** A run that ends within this costs one status write less. */
  public static final Duration BRIEF_RUN = Duration.ofSeconds(2);

  /** The first probe has been answered by then; a run that waits is reported from here on. */
  public static final Duration PROBED = Duration.ofSeconds(13);

  /** An injected init container is done by then, or is reported. */
  public static final Duration INJECTED_START = Duration.ofSeconds(15);

  /** A pod whose run has ended goes on for this long at most, whatever else works in it. */
  public static final Duration INJECTED_END = Duration.ofSeconds(5);

  /** Until a migration looks again whether it is its turn. */
  public static final Duration TURN = Duration.ofSeconds(5);

  /** After a run that isn't counted as an attempt. */
  public static final Duration UNCOUNTED_RUN = Duration.ofSeconds(5);

  /** What a runner, which ends by itself at the deadline, has left before Kubernetes ends it. */
  public static final Duration JOB_GRACE = Duration.ofMinutes(2);

  /** How much longer than the deadline a startup probe goes on; one that gives up kills. */
  public static final Duration PROBE_GRACE = Duration.ofHours(1);

  /** Until the first probe: a run that is connected by then, or over, leaves no event Unhealthy. */
  public static final Duration FIRST_PROBE = Duration.ofSeconds(10);

  public static final Duration PROBE_PERIOD = Duration.ofSeconds(1);

  /** How long a Job that nobody owns stays after it has ended. */
  public static final Duration ORPHANED_JOB = Duration.ofDays(1);

  /** Between two lists of a namespace's events. */
  public static final Duration EVENT_LISTS = Duration.ofSeconds(5);

  /** Starts within this are a burst, when they are many. */
  public static final Duration BURST = Duration.ofSeconds(1);

  /** The longest that a start is reported later because of a burst. */
  public static final Duration LONGEST_DEFERRAL = Duration.ofSeconds(10);

  /** An operator that was replaced may still make a Job this long after its successor started. */
  public static final Duration HANDOVER = Duration.ofSeconds(30);

  /** What a write may take; a webhook may take ten seconds, and the answer is reported by then. */
  public static final Duration WRITE = Duration.ofMillis(9_500);

  /** How long reconciles may go on when the operator stops. */
  public static final Duration STOP = Duration.ofSeconds(3);

  /** A lease that was released is taken within this and a fifth more. */
  public static final Duration LEASE_RETRY = Duration.ofMillis(500);

  /** The first pause of a broken watch; it doubles five times, to 16 s. */
  public static final Duration WATCH_RECONNECT = Duration.ofMillis(500);

  /** How soon a run that starts is looked at again. */
  public Duration brief() {
    return soon.compareTo(BRIEF_RUN) < 0 ? soon : BRIEF_RUN;
  }
}
