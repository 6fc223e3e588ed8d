package dev.sluice.operator.observation;

/**
 * A run took over rows of another tool's history; they stay, however the run ended.
 *
 * @param table the history that they are from
 */
public record Adoption(int migrations, String table) {}
