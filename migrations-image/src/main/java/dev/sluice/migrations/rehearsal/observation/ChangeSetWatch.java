package dev.sluice.migrations.rehearsal.observation;

import dev.sluice.migrations.engine.ReplayStep;
import dev.sluice.migrations.sql.InsertedValues;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Watches one changeset, from its begin to its commit. */
final class ChangeSetWatch {
  /** A step, or the last INSERT of several, with the time of all of them. */
  private record EndedStep(ReplayStep step, Duration took) {}

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
  private @Nullable EndedStep inserted;

  ChangeSetWatch(LookReader reader, String name) throws SQLException {
    this.reader = reader;
    this.name = name;
    this.base = reader.begins();
    this.transaction = base.transaction();
    this.frame = reader.isInTransaction() ? Frame.TRANSACTION : Frame.NOT_ASKED;
    this.lastEvent = base.lastEvent();
  }

  /** What was seen after the step before holds, but for the first. */
  void before(ReplayStep step) throws SQLException {
    if (!InsertedValues.only(step.sql())) {
      lookAtInserted();
    }
    if (frame == Frame.NOT_ASKED) {
      var outside = reader.outside(transaction);
      frame = outside.isPresent() ? Frame.NONE : Frame.TRANSACTION;
      facts = outside.orElse(facts);
    }
    stepBegan = System.nanoTime();
  }

  /** Thousands of INSERTs one after the other would be looked at for longer than they take. */
  void after(ReplayStep step) throws SQLException {
    var took = Duration.ofNanos(System.nanoTime() - stepBegan);
    if (frame == Frame.TRANSACTION && InsertedValues.only(step.sql())) {
      inserted = new EndedStep(step, inserted == null ? took : took.plus(inserted.took()));
    } else {
      lookAt(new EndedStep(step, took));
    }
  }

  void beforeCommit() throws SQLException {
    lookAtInserted();
  }

  private void lookAtInserted() throws SQLException {
    if (inserted != null) {
      lookAt(inserted);
      inserted = null;
    }
  }

  private void lookAt(EndedStep ended) throws SQLException {
    var step = ended.step();
    var look = reader.after(lastEvent, base.below(), frame == Frame.NONE);
    var same = look.transaction().equals(transaction);
    var difference = new StepDifference(base, facts, locks, look, same);
    var taken = difference.taken(step.number());
    steps.add(
        new StepObservation(
            step.number(),
            step.file(),
            step.line(),
            ended.took(),
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

  private List<BlindSpot> blindness(Look look, boolean same) {
    var reasons = new ArrayList<BlindSpot>();
    if (!look.blindness().isEmpty()) {
      Stream.of(look.blindness().split("; "))
          .map(why -> new BlindSpot(why, false))
          .forEach(reasons::add);
    }
    if (base.isWrapped()) {
      reasons.add(
          new BlindSpot(
              "object ids have started over: drops of old objects may be missing", false));
    }
    if (!same && frame == Frame.TRANSACTION) {
      reasons.add(
          new BlindSpot(
              "the step ended the transaction of its changeset: locks and scans are not seen",
              false));
    }
    if (!same && frame == Frame.NONE) {
      reasons.add(
          new BlindSpot(
              "no transaction holds the step: locks are seen for DDL commands only", true));
    }
    if (frame == Frame.NONE && facts.values().stream().anyMatch(table -> table.sequential() < 0)) {
      reasons.add(new BlindSpot("PostgreSQL 14 counts scans only within a transaction", true));
    }
    return reasons;
  }

  ChangeSetObservation ended() {
    return new ChangeSetObservation(name, Duration.ofNanos(System.nanoTime() - began), steps);
  }
}
