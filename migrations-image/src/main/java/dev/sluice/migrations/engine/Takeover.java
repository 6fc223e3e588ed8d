package dev.sluice.migrations.engine;

import java.util.List;

/**
 * What is applied already though the ledger has no row of it: it is entered, and doesn't run.
 *
 * @param from the history that says so, or the baseline
 */
public record Takeover(String from, List<String> names) {
  public static final Takeover NOTHING = new Takeover("", List.of());

  public Takeover {
    names = List.copyOf(names);
  }
}
