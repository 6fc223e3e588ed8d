package dev.sluice.migrations.engine;

import java.util.List;

/** How many changesets there are for these contexts and labels, and which the ledger lacks. */
record Pending(int total, List<Item> items) {
  record Item(String name, boolean alwaysRuns) {}

  Pending {
    items = List.copyOf(items);
  }

  List<String> names() {
    return items.stream().map(Item::name).toList();
  }
}
