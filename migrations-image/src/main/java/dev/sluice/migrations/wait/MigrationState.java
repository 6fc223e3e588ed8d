package dev.sluice.migrations.wait;

import java.util.Optional;

/** A migration as the API server has it. */
record MigrationState(JsonFields status, boolean seen) {
  private static final int LONGEST = 500;

  /** {@code seen}: the status speaks of the spec as it is now. */
  static MigrationState of(JsonFields object) {
    var status = object.fields("status");
    var generation = object.fields("metadata").number("generation");
    return new MigrationState(
        status, generation > 0 && generation == status.number("observedGeneration"));
  }

  /** Why a revision isn't there; empty: it is. */
  Optional<String> lacks(String revision) {
    if (!seen) {
      return Optional.of("the operator hasn't looked at its spec yet");
    }
    if (has(revision)) {
      return Optional.empty();
    }
    var wanted = status.text("revision");
    var readable = !status.text("target").isEmpty();
    if (readable && !wanted.equals(revision)) {
      return Optional.of(
          "not among its applied revisions, and its spec says revision %s; correct one of them, or ask the database by sluice.dev/retry on it"
              .formatted(wanted));
    }
    var ready = condition("Ready");
    return Optional.of(
        condition("Stalled")
            .map(c -> "it has stalled and must be mended: " + told(c))
            .or(() ->
                ready
                    .filter(c -> c.text("reason").equals("Suspended"))
                    .map(_ -> "it is suspended: set spec.suspend to false"))
            .orElseGet(() ->
                "not applied yet" + ready.map(c -> " (" + c.text("reason") + ")").orElse("")));
  }

  private boolean has(String revision) {
    var target = status.text("target");
    return !target.isEmpty()
        && status
            .each("appliedRevisions")
            .anyMatch(a -> a.text("revision").equals(revision) && a.text("target").equals(target));
  }

  private Optional<JsonFields> condition(String type) {
    return status.each("conditions").filter(c -> c.text("type").equals(type)).findFirst();
  }

  private static String told(JsonFields condition) {
    var text = condition.text("reason") + ": " + condition.text("message");
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }
}
