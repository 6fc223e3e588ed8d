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

/** What is known. Everything in it can be derived again from the database by one more run. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DatabaseMigrationStatus(
    @JsonPropertyDescription(
            "The metadata.generation that this status speaks of; -1 until the operator has seen the"
                + " object.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("Ready, Reconciling and Stalled; at most one of them is True.")
        @Size(max = 8)
        List<Condition> conditions,
    @JsonPropertyDescription("The revision that is asked for.") @Nullable String revision,
    @JsonPropertyDescription(
            "The target of appliedRevisions that the spec of observedGeneration names; none while"
                + " it can't be read.")
        @Nullable String target,
    @JsonPropertyDescription("The revision that was applied last.")
        @Nullable String appliedRevision,
    @JsonPropertyDescription("Revisions that were applied, newest first, 50 at most.")
        @Size(max = 50)
        List<AppliedRevision> appliedRevisions,
    @JsonPropertyDescription(
            "Changesets that the database lacks, as the last run reported; 0 once applied.")
        @Nullable Integer pending,
    @JsonPropertyDescription(
            "Changesets of the changelog that the database has, as the last run reported.")
        @Nullable Integer applied,
    @JsonPropertyDescription(
            "Migrations that the database has after all that the changelog has, as the last run"
                + " reported; none: there were none, or nobody looked.")
        @Nullable Integer ahead,
    @JsonPropertyDescription("Attempts counted for this generation; waiting isn't counted.")
        @Nullable Integer attempt,
    @JsonPropertyDescription("Number of the latest run; never goes back.") @Nullable Long run,
    @JsonPropertyDescription("The Job of the latest run.") @Nullable String job,
    @JsonPropertyDescription(
            "What that run was started for; none of a Job that isn't as the operator makes it.")
        @Nullable StartedRun started,
    @JsonPropertyDescription("When work on this generation began; run.deadline counts from here.")
        @JsonFormat(shape = JsonFormat.Shape.STRING)
        @Nullable Instant startedAt,
    @JsonPropertyDescription("When the next attempt starts, while one is waited for.")
        @JsonFormat(shape = JsonFormat.Shape.STRING)
        @Nullable Instant nextAttemptAt,
    @JsonPropertyDescription("The latest run that ended.") @Nullable LastRun lastRun,
    @JsonPropertyDescription("The latest runs that ended, newest first, 10 at most.")
        @Size(max = 10)
        List<PastRun> history,
    @JsonPropertyDescription(
            "With spec.approval Manual: what waits for approval, or was approved last.")
        @Nullable Plan plan,
    @JsonPropertyDescription("The value of the annotation sluice.dev/retry that was acted on last.")
        @Nullable String handledRetry,
    @JsonPropertyDescription(
            "A run with a higher number than this has to succeed before Ready: sluice.dev/retry"
                + " asked what the database has, or a recheck failed for good.")
        @Nullable Long verifyAfterRun,
    @JsonPropertyDescription(
            "When the latest recheck ended that found nothing missing, or that failed in a way that"
                + " may pass by itself; an event tells of such a failure.")
        @JsonFormat(shape = JsonFormat.Shape.STRING)
        @Nullable Instant lastRecheck)
    implements Serializable {

  public static final DatabaseMigrationStatus EMPTY =
      new DatabaseMigrationStatus(
          null, List.of(), null, null, null, List.of(), null, null, null, null, null, null, null,
          null, null, null, List.of(), null, null, null, null);

  public DatabaseMigrationStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
    appliedRevisions = appliedRevisions == null ? List.of() : List.copyOf(appliedRevisions);
    history = history == null ? List.of() : List.copyOf(history);
  }

  /** A revision that the database was given. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record AppliedRevision(
      @JsonPropertyDescription("The revision.") String revision,
      @JsonPropertyDescription(
              "Hash of host, port, database, changelog, ledger, contexts and labels that it was"
                  + " applied to.")
          String target,
      @JsonPropertyDescription("When.") @JsonFormat(shape = JsonFormat.Shape.STRING)
          Instant appliedAt,
      @JsonPropertyDescription(
              "Hash of the changelog's parameters that it was applied with; none: without any.")
          @Nullable String parameters)
      implements Serializable {}

  /** What waits for approval, or has it. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Plan(
      @JsonPropertyDescription(
              "What the annotation sluice.dev/approve has to hold: a SHA-256 of the changelog's"
                  + " files, the target and the pending changesets, as 64 hex digits.")
          String digest,
      @JsonPropertyDescription("How many changesets it has; the log of its Job has their SQL.")
          @Nullable Integer changeSets,
      @JsonPropertyDescription("When the annotation was seen to hold the digest.")
          @JsonFormat(shape = JsonFormat.Shape.STRING)
          @Nullable Instant approvedAt)
      implements Serializable {}

  /** What the latest run was started for. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record StartedRun(
      @JsonPropertyDescription("The metadata.uid of its Job; no other Job is believed.")
          String jobUid,
      @JsonPropertyDescription("The metadata.generation that it was started for.") long generation,
      @JsonPropertyDescription("The revision that was asked for.") String revision,
      @JsonPropertyDescription("Set while the run is being taken back; how it ended is read first.")
          @Nullable Cancelling cancelling)
      implements Serializable {}

  /** Why a run is being taken back, and what is recorded if its container never started. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Cancelling(
      @JsonPropertyDescription("How the run ends then.") Outcome outcome,
      @JsonPropertyDescription("One word for the cause.") String reason,
      @JsonPropertyDescription("The cause.") String message)
      implements Serializable {}

  /** A run that ended, in short. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record PastRun(
      @JsonPropertyDescription("The revision that was asked for.") String revision,
      @JsonPropertyDescription("How it ended.") Outcome outcome,
      @JsonPropertyDescription("Changesets that it applied, when it said so.")
          @Nullable Integer applied,
      @JsonPropertyDescription("When it ended.") @JsonFormat(shape = JsonFormat.Shape.STRING)
          Instant finishedAt)
      implements Serializable {}
}
