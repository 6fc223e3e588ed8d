package dev.sluice.operator.decision;

/** What an event says: a reason and a sentence. */
public record Notice(boolean warning, String reason, String note) {}
