package dev.sluice.migrations.engine;

import java.util.List;

/** How many changesets there are for these contexts and labels, and which the ledger lacks. */
public record Pending(int total, List<Item> items) {
  public record Item(String name, boolean alwaysRuns) {}

  public Pending {
    items = List.copyOf(items);
  }

  public List<String> names() {
    return items.stream().map(Item::name).toList();
  }
}
