package dev.sluice.migrations.rehearsal.observation;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a step did: what is there after it and wasn't before.
 *
 * @param factsBefore of tables that have changed since the changeset began
 * @param locksBefore by the table's id, as everywhere here
 * @param sameTransaction whether the look before was in the transaction that is still open
 */
record StepDifference(
    Baseline base,
    Map<Long, TableFacts> factsBefore,
    Map<Long, LockMode> locksBefore,
    Look after,
    boolean sameTransaction) {

  List<DdlCommand> commands() {
    return events(Event.Command.class)
        .filter(command -> !base.unwatched().contains(command.id()))
        .map(command ->
            new DdlCommand(
                command.tag(),
                command.objectType(),
                command.identity(),
                base.existed(command.id())))
        .toList();
  }

  List<DroppedObject> drops() {
    return events(Event.Drop.class)
        .filter(drop -> base.existed(drop.id()) && !isNotNull(drop))
        .map(drop ->
            new DroppedObject(drop.objectType(), drop.identity(), drop.original(), drop.normal()))
        .toList();
  }

  private boolean isNotNull(Event.Drop drop) {
    return base.reportsNotNull()
        && drop.objectType().equals("table constraint")
        && nameOf(drop).contains("_not_null") != base.misnamed().contains(drop.id());
  }

  /** Of a constraint, without that of its table. */
  private static String nameOf(Event.Drop drop) {
    return drop.identity().substring(0, drop.identity().lastIndexOf(" on "));
  }

  List<Rewrite> rewrites() {
    var reasons = new LinkedHashMap<Long, Set<RewriteReason>>();
    events(Event.Rewritten.class)
        .forEach(event ->
            reasons
                .computeIfAbsent(event.id(), _ -> EnumSet.noneOf(RewriteReason.class))
                .addAll(RewriteReason.of(event.reasons())));
    newStorage()
        .filter(now -> !now.neverCounted())
        .forEach(now -> reasons.putIfAbsent(now.id(), EnumSet.of(RewriteReason.UNNAMED)));
    var rewrites = new ArrayList<Rewrite>();
    reasons.forEach((id, why) -> {
      var table = base.names().get(id);
      if (table != null) {
        rewrites.add(new Rewrite(table, why));
      }
    });
    return rewrites;
  }

  /** CLUSTER and its like count the rows that they write, TRUNCATE doesn't. */
  List<TableName> truncated() {
    var rewritten = events(Event.Rewritten.class).map(Event.Rewritten::id).toList();
    return newStorage()
        .filter(now -> now.neverCounted() && !rewritten.contains(now.id()))
        .map(now -> base.name(now.id()))
        .sorted(comparing(TableName::toString))
        .toList();
  }

  private Stream<TableFacts> newStorage() {
    return watched()
        .filter(now -> now.storage() != 0 && now.storage() != before(now.id()).storage());
  }

  List<TableLock> taken(int step) {
    var now = new HashMap<Long, LockMode>();
    if (sameTransaction) {
      now.putAll(after.locks());
    } else {
      events(Event.Locked.class)
          .forEach(lock ->
              now.merge(
                  lock.id(), lock.mode(), (one, other) -> other.isStrongerThan(one) ? other : one));
    }
    var before = sameTransaction ? locksBefore : Map.<Long, LockMode>of();
    now.entrySet()
        .removeIf(lock -> {
          var held = before.get(lock.getKey());
          return held != null && !lock.getValue().isStrongerThan(held);
        });
    return locks(now, step);
  }

  List<TableLock> heldBefore(Map<TableName, Integer> takenIn) {
    return locks(locksBefore, 0).stream()
        .filter(lock -> lock.mode().blocksWrites())
        .map(lock ->
            new TableLock(
                lock.table(), lock.mode(), takenIn.getOrDefault(lock.table(), lock.step())))
        .toList();
  }

  private List<TableLock> locks(Map<Long, LockMode> modes, int step) {
    return modes.entrySet().stream()
        .filter(lock -> base.names().containsKey(lock.getKey()))
        .map(lock -> new TableLock(base.name(lock.getKey()), lock.getValue(), step))
        .sorted(
            comparing(TableLock::mode).reversed().thenComparing(lock -> lock.table().toString()))
        .toList();
  }

  List<TableScan> scans() {
    return watched()
        .filter(now -> now.sequential() >= 0 && before(now.id()).sequential() >= 0)
        .map(now -> scan(before(now.id()), now))
        .filter(scan -> scan.sequential() > 0 || scan.index() > 0)
        .sorted(comparing(scan -> scan.table().toString()))
        .toList();
  }

  /** An index that was dropped takes its count along. */
  private TableScan scan(TableFacts before, TableFacts now) {
    return new TableScan(
        base.name(now.id()),
        Math.max(0, now.sequential() - before.sequential()),
        Math.max(0, now.index() - before.index()));
  }

  private Stream<TableFacts> watched() {
    return after.tables().values().stream().filter(now -> base.names().containsKey(now.id()));
  }

  private TableFacts before(long id) {
    var facts = factsBefore.get(id);
    return facts == null ? base.facts(id) : facts;
  }

  private <E extends Event> Stream<E> events(Class<E> kind) {
    return after.events().stream().filter(kind::isInstance).map(kind::cast);
  }
}
