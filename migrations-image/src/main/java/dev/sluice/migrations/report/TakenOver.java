package dev.sluice.migrations.report;

import org.jspecify.annotations.Nullable;

/**
 * How many migrations were entered in the ledger without running.
 *
 * @param adopted of a tool's history
 * @param from that history; null when none were adopted
 * @param baselined up to the baseline
 */
public record TakenOver(int adopted, @Nullable String from, int baselined) {
  public static final TakenOver NOTHING = new TakenOver(0, null, 0);

  public static TakenOver adopted(int count, String from) {
    return new TakenOver(count, from, 0);
  }

  public static TakenOver baselined(int count) {
    return new TakenOver(0, null, count);
  }
}
