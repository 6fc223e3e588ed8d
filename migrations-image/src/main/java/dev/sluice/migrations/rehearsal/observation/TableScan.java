package dev.sluice.migrations.rehearsal.observation;

/**
 * A table that was read from one end to the other, or by its indexes.
 *
 * @param sequential how often PostgreSQL began to read the whole table
 * @param index how often it began to read one of its indexes
 */
public record TableScan(TableName table, long sequential, long index) {
  boolean isFull() {
    return sequential > 0;
  }
}
