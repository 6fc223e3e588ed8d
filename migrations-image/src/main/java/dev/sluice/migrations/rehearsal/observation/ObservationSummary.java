package dev.sluice.migrations.rehearsal.observation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What is notable about a changeset, in one line for people. */
public final class ObservationSummary {
  private final ChangeSetObservation seen;
  private final List<String> parts = new ArrayList<>();

  private ObservationSummary(ChangeSetObservation seen) {
    this.seen = seen;
  }

  /** Nothing, if there is nothing that an application or an operator would notice. */
  public static Optional<String> of(ChangeSetObservation seen) {
    var summary = new ObservationSummary(seen);
    summary.tables();
    summary.drops();
    summary.blindness();
    return summary.parts.isEmpty()
        ? Optional.empty()
        : Optional.of(String.join("; ", summary.parts));
  }

  private void tables() {
    var locked = seen.locks().stream().filter(lock -> lock.mode().blocksWrites()).toList();
    var names = new LinkedHashSet<TableName>();
    locked.forEach(lock -> {
      parts.add(lock.mode() + " on " + lock.table());
      names.add(lock.table());
      work(lock.table(), "it");
    });
    Stream.of(
            all(StepObservation::rewrites).map(Rewrite::table),
            all(StepObservation::truncated),
            all(StepObservation::scans).filter(TableScan::isFull).map(TableScan::table))
        .flatMap(Function.identity())
        .filter(names::add)
        .toList()
        .forEach(table -> work(table, table.toString()));
  }

  private void work(TableName table, String called) {
    if (all(StepObservation::truncated).anyMatch(table::equals)) {
      parts.add("empties " + called);
    }
    if (all(StepObservation::rewrites).anyMatch(rewrite -> rewrite.table().equals(table))) {
      parts.add("rewrites " + called);
    } else if (all(StepObservation::scans)
        .anyMatch(scan -> scan.table().equals(table) && scan.isFull())) {
      parts.add("full scan of " + called);
    }
  }

  private void drops() {
    all(StepObservation::drops)
        .filter(drop -> drop.original() || drop.normal() || goesAlong(drop))
        .forEach(drop ->
            parts.add(
                (drop.original() ? "drops " : "drops along with it ")
                    + drop.objectType()
                    + " "
                    + drop.identity()));
  }

  /** Of what merely goes along with another object, this matters to others. */
  private static boolean goesAlong(DroppedObject drop) {
    return drop.objectType().equals("table constraint");
  }

  private void blindness() {
    all(StepObservation::blind)
        .filter(spot -> !spot.usual())
        .map(BlindSpot::why)
        .distinct()
        .forEach(why -> parts.add("not all was seen: " + why));
  }

  private <T> Stream<T> all(Function<StepObservation, List<T>> what) {
    return seen.steps().stream().map(what).flatMap(Collection::stream);
  }
}
