package dev.sluice.migrations.report;

/**
 * Changesets in the changelog for these contexts and labels; those that the ledger lacks; and of
 * those the ones that are no obstacle.
 *
 * @param ahead applied after all that the changelog has, and not in it
 */
public record ChangeSetCounts(int total, int pending, int skipped, int ahead) {
  public ChangeSetCounts(int total, int pending, int skipped) {
    this(total, pending, skipped, 0);
  }

  public ChangeSetCounts withAhead(int applied) {
    return new ChangeSetCounts(total, pending, skipped, applied);
  }
}
