package dev.sluice.migrations.rehearsal.observation;

/**
 * What could not be seen of a step.
 *
 * @param why in a sentence
 * @param usual for every step of its kind; what is told to people leaves it out
 */
public record BlindSpot(String why, boolean usual) {}
