package dev.sluice.authoring.catalog;

/**
 * A column of a table.
 *
 * @param number that stays with it whatever it is called
 * @param type in PostgreSQL's words
 * @param defaultValue an expression; empty: none
 * @param generated its value is computed
 * @param identity it has a sequence of its own
 */
public record Column(
    int number,
    String name,
    String type,
    boolean notNull,
    String defaultValue,
    boolean generated,
    boolean identity) {
  /** A row that says nothing of it gets a value. */
  public boolean fillsItself() {
    return !defaultValue.isEmpty() || generated || identity;
  }

  /** Its values need nobody to enter them again. */
  public boolean isComputed() {
    return generated;
  }
}
