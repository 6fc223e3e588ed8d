package dev.sluice.operator.observation;

/**
 * What keeps a run from starting.
 *
 * @param hopeless nothing but a new spec helps
 */
public record Obstacle(String reason, String message, boolean hopeless) {
  public Obstacle(String reason, String message) {
    this(reason, message, false);
  }
}
