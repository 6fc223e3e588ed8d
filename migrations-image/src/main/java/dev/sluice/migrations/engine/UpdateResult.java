package dev.sluice.migrations.engine;

import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.TakenOver;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an update did.
 *
 * @param passedOver pending ones that don't run, on purpose
 * @param takenOver entered in the ledger without running
 */
public record UpdateResult(
    List<String> applied, Set<String> passedOver, Optional<Failure> failure, TakenOver takenOver) {
  public UpdateResult {
    applied = List.copyOf(applied);
    passedOver = Set.copyOf(passedOver);
  }

  public UpdateResult(List<String> applied, Set<String> passedOver, Optional<Failure> failure) {
    this(applied, passedOver, failure, TakenOver.NOTHING);
  }
}
