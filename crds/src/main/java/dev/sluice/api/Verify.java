package dev.sluice.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.io.Serializable;

/** What another tool's work is compared with. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Verify(
    @JsonPropertyDescription(
            "The folder of the migrations in the tool's image, as Drizzle or Flyway keep it;"
                + " absolute, or relative to the image's working directory. The image needs"
                + " /bin/cp.")
        @Required
        @Size(min = 1, max = 512)
        String changelog)
    implements Serializable {}
