package dev.sluice.migrations.event;

import dev.sluice.migrations.report.Report;
import java.time.Duration;

/**
 * One event of a run, in the order in which they come; names are {@code file::id::author}, or those
 * of a folder's migrations.
 */
public sealed interface RunEvent {
  /** There is a session on the database. */
  record Connected() implements RunEvent {}

  /** The lock is held: from here on the run works. */
  record Locked() implements RunEvent {}

  /** What is pending is tried elsewhere first. */
  record RehearsalBegan() implements RunEvent {}

  /** That is done, whatever came of it. */
  record RehearsalEnded() implements RunEvent {}

  /** A changeset begins, the {@code number}th of those that are pending. */
  record Began(int number, int of, String changeSet) implements RunEvent {}

  /** The server has done {@code done} of the {@code of} chunks of a folder's file. */
  record ChunkDone(String file, int done, int of) implements RunEvent {}

  /** A changeset has ended well; {@code remark} is empty, or says how it was passed over. */
  record Ended(int number, int of, String changeSet, String remark, Duration took)
      implements RunEvent {}

  /** The server said it beside its answers, as {@code RAISE NOTICE} makes it. */
  record ServerSaid(boolean isWarning, String line) implements RunEvent {}

  /**
   * A changeset goes on; {@code activity} is empty, or says what the server is doing for it: what
   * it waits for, how far it is.
   */
  record StillRunning(int number, int of, String changeSet, Duration elapsed, String activity)
      implements RunEvent {}

  /** A line for whoever reads the log. */
  record Noted(String line) implements RunEvent {}

  /** A line that somebody should read. */
  record Warned(String line) implements RunEvent {}

  /** The last event. */
  record Finished(Report report) implements RunEvent {}
}
