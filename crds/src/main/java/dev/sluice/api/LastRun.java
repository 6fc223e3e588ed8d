package dev.sluice.api;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The latest run that ended. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LastRun(
    @JsonPropertyDescription("The revision that was asked for.") String revision,
    @JsonPropertyDescription("The metadata.generation that it ran for.") long generation,
    @JsonPropertyDescription(
            "Hash of the input that decides whether to run: image, changelog, parameters, database,"
                + " contexts, labels, revision.")
        String key,
    @JsonPropertyDescription("Its Job; kept after a failure, for its log.") String job,
    @JsonPropertyDescription("The image as the node resolved it, with its digest.")
        @Nullable String image,
    @JsonPropertyDescription("How it ended.") Outcome outcome,
    @JsonPropertyDescription("When its container started.")
        @JsonFormat(shape = JsonFormat.Shape.STRING)
        @Nullable Instant startedAt,
    @JsonPropertyDescription("When it ended.") @JsonFormat(shape = JsonFormat.Shape.STRING)
        Instant finishedAt,
    @JsonPropertyDescription("How long its container ran, such as 12s.") @Nullable String duration,
    @JsonPropertyDescription("Changesets that it applied, as file::id::author, the first 20.")
        @Size(max = 20)
        List<String> applied,
    @JsonPropertyDescription(
            "How the rehearsal went; none: there was none, or the run didn't say so.")
        @Nullable RehearsalReport rehearsal,
    @JsonPropertyDescription("Why it failed.") @Nullable Failure failure)
    implements Serializable {

  public LastRun {
    applied = applied == null ? List.of() : List.copyOf(applied);
  }

  /** Why a run failed. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Failure(
      @JsonPropertyDescription("One word for the cause; the reference lists them.") String reason,
      @JsonPropertyDescription("The changeset that failed, as file::id::author.")
          @Nullable String changeSet,
      @JsonPropertyDescription("The file at fault.") @Nullable String file,
      @JsonPropertyDescription("The line of that file, from 1; none: not known.")
          @Nullable Integer line,
      @JsonPropertyDescription("Which statement of the changeset it was, from 1; none: not known.")
          @Nullable Integer statement,
      @JsonPropertyDescription("PostgreSQL's SQLSTATE.") @Nullable String sqlState,
      @JsonPropertyDescription(
              "The cause in the words of the database or parser; never SQL or row data.")
          @Nullable String message,
      @JsonPropertyDescription("What to do.") @Nullable String hint)
      implements Serializable {

    /** Without a place in the file. */
    public Failure(
        String reason,
        @Nullable String changeSet,
        @Nullable String file,
        @Nullable String sqlState,
        @Nullable String message,
        @Nullable String hint) {
      this(reason, changeSet, file, null, null, sqlState, message, hint);
    }
  }
}
