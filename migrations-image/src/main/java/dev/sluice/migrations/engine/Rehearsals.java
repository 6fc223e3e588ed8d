package dev.sluice.migrations.engine;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.RehearsalVerdict;
import java.util.Optional;
import java.util.Set;

/** Tries all migrations on a database of their own, before the real one is touched. */
public interface Rehearsals extends AutoCloseable {
  /**
   * What came of it.
   *
   * @param failure why nothing may run, whatever the mode says
   */
  record Rehearsed(RehearsalVerdict verdict, Optional<Failure> failure) {}

  /**
   * The target is only read.
   *
   * @param pending names of the changesets that the target hasn't got
   */
  Rehearsed on(Session target, RunRequest request, Set<String> pending, RunContext context);

  /** Waits until nothing is left of them, which may last longer than {@link #on}. */
  @Override
  void close();
}
