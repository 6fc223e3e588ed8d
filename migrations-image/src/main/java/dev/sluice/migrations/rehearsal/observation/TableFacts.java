package dev.sluice.migrations.rehearsal.observation;

/**
 * The server's facts about a table at one time.
 *
 * @param id its object id
 * @param sequential how often it was read as a whole; negative if that isn't known
 * @param index how often one of its indexes was read
 * @param storage the number of its file; 0 if it has none
 * @param neverCounted whether the server has no count of its rows, as after a TRUNCATE
 */
record TableFacts(long id, long sequential, long index, long storage, boolean neverCounted) {
  /** As of a table that wasn't read lately. */
  TableFacts uncounted() {
    return sequential == 0 && index == 0 ? this : new TableFacts(id, 0, 0, storage, neverCounted);
  }
}
