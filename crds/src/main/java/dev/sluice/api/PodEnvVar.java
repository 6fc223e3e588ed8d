package dev.sluice.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** An environment variable, as in a Kubernetes container. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PodEnvVar(
    @JsonPropertyDescription("Name of the variable.") @Required @Size(min = 1, max = 128)
        String name,
    @JsonPropertyDescription("Its value; $(NAME) of an earlier variable is expanded.")
        @Size(max = 4096)
        @Nullable String value,
    @JsonPropertyDescription("Where its value comes from instead.") @Nullable Source valueFrom)
    implements Serializable {

  /** Exactly one is set. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Source(
      @JsonPropertyDescription("A key of a Secret in the same namespace.")
          @Nullable Key secretKeyRef,
      @JsonPropertyDescription("A key of a ConfigMap in the same namespace.")
          @Nullable Key configMapKeyRef,
      @JsonPropertyDescription("A field of the pod.") @Nullable Field fieldRef)
      implements Serializable {}

  /** A key of a Secret or ConfigMap. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Key(
      @JsonPropertyDescription("Name of the object.") @Required @Size(min = 1, max = 253)
          String name,
      @JsonPropertyDescription("The key in it.") @Required @Size(min = 1, max = 253) String key,
      @JsonPropertyDescription(
              "True: the variable is left unset when object or key is missing. Default: false.")
          @Nullable Boolean optional)
      implements Serializable {}

  /** A field of the pod. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Field(
      @JsonPropertyDescription("Path of the field, such as metadata.name or status.hostIP.")
          @Required
          @Size(min = 1, max = 253)
          String fieldPath)
      implements Serializable {}
}
