package dev.sluice.migrations.rehearsal.observation;

import java.time.Duration;
import java.util.List;

/**
 * What one step did to what was there before its changeset. INSERTs of values that follow one
 * another are one step, with the place of the last.
 *
 * @param took without the looks of the observer
 * @param commands all DDL commands, those on new objects too
 * @param truncated tables that were emptied by TRUNCATE
 * @param taken locks that are new or stronger since the step
 * @param heldBefore locks against writers that were held when the step began
 * @param blind empty if everything could be seen
 */
public record StepObservation(
    int number,
    String file,
    int line,
    Duration took,
    List<DdlCommand> commands,
    List<DroppedObject> drops,
    List<Rewrite> rewrites,
    List<TableName> truncated,
    List<TableLock> taken,
    List<TableScan> scans,
    List<TableLock> heldBefore,
    List<BlindSpot> blind) {
  public StepObservation {
    commands = List.copyOf(commands);
    drops = List.copyOf(drops);
    rewrites = List.copyOf(rewrites);
    truncated = List.copyOf(truncated);
    taken = List.copyOf(taken);
    scans = List.copyOf(scans);
    heldBefore = List.copyOf(heldBefore);
    blind = List.copyOf(blind);
  }
}
