package dev.sluice.migrations.engine;

import dev.sluice.migrations.report.Failure;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an update did: applied, passed over on purpose, and how it failed, if it did. */
public record UpdateResult(
    List<String> applied, Set<String> passedOver, Optional<Failure> failure) {
  public UpdateResult {
    applied = List.copyOf(applied);
    passedOver = Set.copyOf(passedOver);
  }
}
