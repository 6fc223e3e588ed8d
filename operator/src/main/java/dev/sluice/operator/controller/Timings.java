package dev.sluice.operator.controller;

import java.time.Duration;

/**
 * When to look again by itself.
 *
 * @param soon something that no watch tells may have moved: events about a pod, an API server that
 *     refused
 * @param safety in case a watch event got lost
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
}
