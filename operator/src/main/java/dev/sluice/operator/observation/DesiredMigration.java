package dev.sluice.operator.observation;

import dev.sluice.api.DatabaseMigrationSpec;
import org.jspecify.annotations.Nullable;

/**
 * A migration as it is asked for.
 *
 * @param retry what the annotation says
 * @param approve what the annotation says
 */
public record DesiredMigration(
    String namespace,
    String name,
    String uid,
    long generation,
    boolean deleting,
    boolean finalizer,
    @Nullable String retry,
    @Nullable String approve,
    SpecReading reading) {

  /** What the spec says. */
  public sealed interface SpecReading {
    /** The spec, and what decides whether to run. */
    record Understood(DatabaseMigrationSpec spec, Input input) implements SpecReading {}

    /** This operator can't read it; {@code problem} says what. */
    record Unreadable(String problem) implements SpecReading {}
  }

  /** Tells one value of the annotation from another, however long it is; null: there is none. */
  public @Nullable String retryMark() {
    return retry == null ? null : Hash.of(16, retry);
  }

  /** Reads a spec, whose required parts may be missing when the CRD is another version's. */
  @SuppressWarnings(
      "NullAway") // the schema requires what is compared with null here; another version's may not
  public static SpecReading read(DatabaseMigrationSpec spec) {
    var changelog = spec.changelog();
    if (!spec.ofAnotherTool() && (changelog == null || changelog.path() == null)) {
      return new SpecReading.Unreadable("spec.changelog.path is missing");
    }
    if (spec.database() == null || spec.database().credentials() == null) {
      return new SpecReading.Unreadable("spec.database.credentials is missing");
    }
    var secret = SecretInArguments.problem(spec);
    if (secret.isPresent()) {
      return new SpecReading.Unreadable(secret.get());
    }
    return Input.of(spec)
        .<SpecReading>map(input -> new SpecReading.Understood(spec, input))
        .orElseGet(() ->
            new SpecReading.Unreadable(
                "spec.revision is missing and can't be taken from spec.image: set it"));
  }
}
