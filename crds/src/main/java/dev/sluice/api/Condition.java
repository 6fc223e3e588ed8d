package dev.sluice.api;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A condition as kstatus and {@code kubectl wait} read it. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Condition(
    @JsonPropertyDescription("Ready, Reconciling or Stalled.") @Required String type,
    @JsonPropertyDescription("True, False or Unknown.") @Required String status,
    @JsonPropertyDescription("One word for the cause.") @Required @Size(min = 1, max = 64)
        String reason,
    @JsonPropertyDescription("The cause for people, and what to do.") @Required @Size(max = 1024)
        String message,
    @JsonPropertyDescription("When status changed last.")
        @Required
        @JsonFormat(shape = JsonFormat.Shape.STRING)
        Instant lastTransitionTime,
    @JsonPropertyDescription("The metadata.generation that it speaks of.")
        @Nullable Long observedGeneration)
    implements Serializable {

  /** The one of that type. */
  public static Optional<Condition> find(List<Condition> conditions, String type) {
    return conditions.stream().filter(c -> type.equals(c.type())).findFirst();
  }
}
