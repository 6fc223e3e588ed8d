package dev.sluice.operator.faults;

import dev.sluice.api.DatabaseMigration;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.LastRun;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A migration as it ends up, without times, and without what differs from object to object. */
final class FinalStatus {
  private FinalStatus() {}

  static List<String> of(@Nullable DatabaseMigration migration) {
    if (migration == null) {
      return List.of("gone");
    }
    var status = Objects.requireNonNullElse(migration.getStatus(), DatabaseMigrationStatus.EMPTY);
    var last = status.lastRun();
    return List.of(
        "observed "
            + status.observedGeneration()
            + " of "
            + migration.getMetadata().getGeneration(),
        "finalizers " + migration.getMetadata().getFinalizers(),
        "conditions "
            + status.conditions().stream()
                .map(c -> c.type() + "=" + c.status() + " " + c.reason() + " " + plain(c.message()))
                .toList(),
        "revision " + status.revision() + ", applied " + status.appliedRevision(),
        "applied "
            + status.appliedRevisions().stream().map(a -> a.revision() + " " + a.target()).toList(),
        "pending " + status.pending() + ", applied " + status.applied(),
        "attempt " + status.attempt() + ", run " + status.run() + " " + plain("" + status.job()),
        "next " + (status.nextAttemptAt() != null),
        "last " + (last == null ? "none" : of(last)),
        "history " + status.history().stream().map(h -> h.revision() + " " + h.outcome()).toList(),
        "retry " + status.handledRetry());
  }

  private static String of(LastRun last) {
    return "%s of %d: %s %s %s %s"
        .formatted(
            last.revision(),
            last.generation(),
            plain(last.job()),
            last.outcome(),
            last.applied(),
            last.failure());
  }

  /** Jobs' names hold a hash of the uid. */
  static String plain(String text) {
    return text.replaceAll("-[0-9a-f]{10}-([0-9]+)", "-#-$1")
        .replaceAll("[0-9]{4}-[0-9T:-]+Z", "TIME");
  }
}
