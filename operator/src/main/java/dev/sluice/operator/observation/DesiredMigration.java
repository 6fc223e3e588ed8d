package dev.sluice.operator.observation;

import dev.sluice.api.ApprovalMode;
import dev.sluice.api.DatabaseMigrationSpec;
import java.util.Optional;
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

  /** Whether the image is another tool's, as far as the spec can be read. */
  public boolean ofAnotherTool() {
    return reading instanceof SpecReading.Understood(var spec, _) && spec.ofAnotherTool();
  }

  /** Tells one value of the annotation from another, however long it is; null: there is none. */
  public @Nullable String retryMark() {
    return retry == null ? null : Hash.of(16, retry);
  }

  /** The digest of the plan that may be applied; empty: none is approved, or none has to be. */
  public Optional<String> approvedDigest() {
    var manual =
        reading instanceof SpecReading.Understood(var spec, _)
            && spec.approval() == ApprovalMode.Manual;
    return Optional.ofNullable(approve).filter(digest -> manual && PlanDigest.isValid(digest));
  }

  /** What a spec needs to be read at all, and doesn't have; the first of it. */
  @SuppressWarnings(
      "NullAway") // the schema requires what is compared with null here; another version's may not
  public static Optional<String> missing(DatabaseMigrationSpec spec) {
    var changelog = spec.changelog();
    if (!spec.ofAnotherTool() && (changelog == null || changelog.locations().isEmpty())) {
      return Optional.of("spec.changelog.path");
    }
    return spec.database() == null || spec.database().credentials() == null
        ? Optional.of("spec.database.credentials")
        : Optional.empty();
  }

  /** Reads a spec, whose required parts may be missing when the CRD is another version's. */
  public static SpecReading read(DatabaseMigrationSpec spec) {
    var missing = missing(spec);
    if (missing.isPresent()) {
      return new SpecReading.Unreadable(missing.get() + " is missing");
    }
    var secret = SecretInArguments.problem(spec);
    if (secret.isPresent()) {
      return new SpecReading.Unreadable(secret.get());
    }
    var pod = RefusedPodSettings.problem(spec);
    if (pod.isPresent()) {
      return new SpecReading.Unreadable(pod.get());
    }
    var parameters = Parameters.problem(spec);
    if (parameters.isPresent()) {
      return new SpecReading.Unreadable(parameters.get());
    }
    return Input.of(spec)
        .<SpecReading>map(input -> new SpecReading.Understood(spec, input))
        .orElseGet(() ->
            new SpecReading.Unreadable(
                "spec.revision is missing and can't be taken from spec.image: set it"));
  }
}
