package dev.sluice.migrations.rehearsal.observation;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Set;

/**
 * What there was when a changeset began.
 *
 * @param transaction the one that was open, or that of the look itself
 * @param lastEvent the number of the last event before
 * @param below every object that existed has an id below this
 * @param names of the tables that are watched
 * @param tables facts of the same
 * @param unwatched the ids of the tables that aren't
 * @param reportsNotNull whether the server reports a dropped NOT NULL as a constraint
 * @param misnamed constraints named like NOT NULL that aren't, and the other way round
 */
record Baseline(
    String transaction,
    long lastEvent,
    long below,
    Map<Long, TableName> names,
    Map<Long, TableFacts> tables,
    Set<Long> unwatched,
    boolean reportsNotNull,
    Set<Long> misnamed) {

  boolean existed(long id) {
    return id > 0 && id < below && !unwatched.contains(id);
  }

  TableName name(long id) {
    return requireNonNull(names.get(id));
  }

  TableFacts facts(long id) {
    return requireNonNull(tables.get(id));
  }

  /** Ids have started over, so that old objects may have higher ones. */
  boolean isWrapped() {
    return names.keySet().stream().anyMatch(id -> id >= below);
  }
}
