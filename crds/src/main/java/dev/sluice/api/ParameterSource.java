package dev.sluice.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A ConfigMap or a Secret of which every key is a parameter. Exactly one is set. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ParameterSource(
    @JsonPropertyDescription("A ConfigMap of the same namespace, mounted into the migrations pod.")
        @Nullable Reference configMapRef,
    @JsonPropertyDescription(
            "A Secret of the same namespace, mounted into the migrations pod; the operator never"
                + " reads it.")
        @Nullable Reference secretRef)
    implements Serializable {

  /** The object with the parameters. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Reference(
      @JsonPropertyDescription("Name of the object.") @Required @Size(min = 1, max = 253)
          String name,
      @JsonPropertyDescription(
              "True: a run starts without it when it is missing. False: a run waits for it."
                  + " Default: false.")
          boolean optional)
      implements Serializable {}
}
