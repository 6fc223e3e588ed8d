package dev.sluice.migrations.rehearsal.observation;

import dev.sluice.migrations.engine.ReplayStep;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Watches one changeset, from its begin to its commit. */
final class ChangeSetWatch {
  /** Whether one transaction holds the steps. */
  private enum Frame {
    NOT_ASKED,
    TRANSACTION,
    NONE
  }

  private final LookReader reader;
  private final String name;
  private final long began = System.nanoTime();
  private final Baseline base;
  private final List<StepObservation> steps = new ArrayList<>();
  private final Map<TableName, Integer> takenIn = new HashMap<>();

  private Frame frame;
  private String transaction;
  private long lastEvent;
  private Map<Long, TableFacts> facts = Map.of();
  private Map<Long, LockMode> locks = Map.of();
  private long stepBegan = began;

  ChangeSetWatch(LookReader reader, String name) throws SQLException {
    this.reader = reader;
    this.name = name;
    this.base = reader.begins();
    this.transaction = base.transaction();
    this.frame = reader.isInTransaction() ? Frame.TRANSACTION : Frame.NOT_ASKED;
    this.lastEvent = base.lastEvent();
  }

  /** What was seen after the step before holds, but for the first. */
  void before() throws SQLException {
    if (frame == Frame.NOT_ASKED) {
      var outside = reader.outside(transaction);
      frame = outside.isPresent() ? Frame.NONE : Frame.TRANSACTION;
      facts = outside.orElse(facts);
    }
    stepBegan = System.nanoTime();
  }

  void after(ReplayStep step) throws SQLException {
    var took = Duration.ofNanos(System.nanoTime() - stepBegan);
    var look = reader.after(lastEvent, base.below(), frame == Frame.NONE);
    var same = look.transaction().equals(transaction);
    var difference = new StepDifference(base, facts, locks, look, same);
    var taken = difference.taken(step.number());
    steps.add(
        new StepObservation(
            step.number(),
            step.file(),
            step.line(),
            took,
            difference.commands(),
            difference.drops(),
            difference.rewrites(),
            difference.truncated(),
            taken,
            same || frame == Frame.NONE ? difference.scans() : List.of(),
            difference.heldBefore(takenIn),
            blindness(look, same)));
    taken.forEach(lock -> takenIn.put(lock.table(), lock.step()));
    follow(look, same);
  }

  private void follow(Look look, boolean same) throws SQLException {
    transaction = look.transaction();
    lastEvent = look.lastEvent();
    locks = same ? look.locks() : Map.of();
    facts = look.tables();
    if (!same && frame == Frame.TRANSACTION) {
      frame = Frame.NOT_ASKED;
      transaction = "";
    }
  }

  private List<String> blindness(Look look, boolean same) {
    var reasons = new ArrayList<String>();
    if (!look.blindness().isEmpty()) {
      reasons.addAll(List.of(look.blindness().split("; ")));
    }
    if (base.isWrapped()) {
      reasons.add("object ids have started over: drops of old objects may be missing");
    }
    if (!same && frame == Frame.TRANSACTION) {
      reasons.add("the step ended the transaction of its changeset: locks and scans are not seen");
    }
    if (!same && frame == Frame.NONE) {
      reasons.add("no transaction holds the step: locks are seen for DDL commands only");
    }
    if (frame == Frame.NONE && facts.values().stream().anyMatch(table -> table.sequential() < 0)) {
      reasons.add("PostgreSQL 14 counts scans only within a transaction");
    }
    return reasons;
  }

  ChangeSetObservation ended() {
    return new ChangeSetObservation(name, Duration.ofNanos(System.nanoTime() - began), steps);
  }
}
