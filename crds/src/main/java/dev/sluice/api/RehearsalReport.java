package dev.sluice.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the rehearsal of a run went, as the run reported. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RehearsalReport(
    @JsonPropertyDescription(
            "Passed: every migration ran. Failed: one failed. Partial: a part could not be"
                + " rehearsed. Skipped: nothing could be.")
        Result result,
    @JsonPropertyDescription("How long it took, in seconds.") @Min(0) @Max(MOST_SECONDS)
        @Nullable Double seconds,
    @JsonPropertyDescription("The version of PostgreSQL that it ran on, such as 17.11.")
        @Size(max = LONGEST_VERSION)
        @Nullable String postgres,
    @JsonPropertyDescription(
            "Extensions of which the server had only stand-ins, whose functions do nothing or"
                + " raise an error.")
        @Size(max = MOST_ENTRIES)
        List<String> stubs,
    @JsonPropertyDescription("What was not rehearsed, as \"what: why\".") @Size(max = MOST_ENTRIES)
        List<String> skipped,
    @JsonPropertyDescription(
            "Why it is Partial or Skipped, or why it failed although the run went on.")
        @Size(max = LONGEST_WARNING)
        @Nullable String warning)
    implements Serializable {

  /** As long as a run may take. */
  public static final int MOST_SECONDS = 86_400;

  public static final int MOST_ENTRIES = 20;
  public static final int LONGEST_VERSION = 32;

  /** As a name of PostgreSQL. */
  public static final int LONGEST_STUB = 63;

  public static final int LONGEST_SKIPPED = 300;
  public static final int LONGEST_WARNING = 500;

  public RehearsalReport {
    stubs = stubs == null ? List.of() : List.copyOf(stubs);
    skipped = skipped == null ? List.of() : List.copyOf(skipped);
  }

  /** What came of it. */
  public enum Result {
    /** Every migration ran. */
    Passed,
    /** One failed. */
    Failed,
    /** A part couldn't be rehearsed. */
    Partial,
    /** Nothing could be rehearsed. */
    Skipped
  }
}
