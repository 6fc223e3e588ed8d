package dev.sluice.migrations.rehearsal.observation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tables of the database when a changeset begins: the server reports only those that have
 * changed since the one before. Dropped ones stay, for no id comes again.
 */
final class KnownTables {
  private final UnwatchedTables unwatched;
  private final Map<Long, TableName> names = new HashMap<>();
  private final Map<Long, TableFacts> facts = new HashMap<>();
  private final Set<Long> ours = new HashSet<>();
  private final Set<Long> misnamed = new HashSet<>();
  private String since = "";

  KnownTables(UnwatchedTables unwatched) {
    this.unwatched = unwatched;
  }

  /** The server's transaction from which on changes are to be reported; empty for all. */
  String since() {
    return since;
  }

  Baseline renewed(List<FactRow> rows) {
    facts.replaceAll((_, table) -> table.uncounted());
    rows.forEach(this::enter);
    var state = rows.getFirst();
    since = state.detail();
    return new Baseline(
        state.name(),
        state.number(),
        state.id(),
        Map.copyOf(names),
        Map.copyOf(facts),
        Set.copyOf(ours),
        state.flags() != 0,
        Set.copyOf(misnamed));
  }

  private void enter(FactRow row) {
    switch (row.kind()) {
      case "table" -> enter(row, new TableName(row.name(), row.detail()));
      case "misnamed" -> misnamed.add(row.id());
      default -> {}
    }
  }

  private void enter(FactRow row, TableName name) {
    if (unwatched.contains(name)) {
      ours.add(row.id());
      names.remove(row.id());
      facts.remove(row.id());
    } else {
      ours.remove(row.id());
      names.put(row.id(), name);
      facts.put(row.id(), row.facts());
    }
  }
}
