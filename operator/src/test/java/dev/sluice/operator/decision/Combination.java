package dev.sluice.operator.decision;

import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.DatabaseMigrationStatus.AppliedRevision;
import dev.sluice.api.DatabaseMigrationStatus.Plan;
import dev.sluice.api.DatabaseMigrationStatus.StartedRun;
import dev.sluice.api.LastRun;
import dev.sluice.api.LastRun.Failure;
import dev.sluice.api.Outcome;
import dev.sluice.operator.observation.Input;
import dev.sluice.operator.observation.Observation;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase;
import dev.sluice.operator.observation.Obstacle;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One combination of what a decision depends on. */
record Combination(
    InFlight run,
    boolean older,
    Last last,
    boolean seenBefore,
    boolean applied,
    boolean suspended,
    boolean deleting,
    boolean deadlineOver,
    boolean attemptsLeft,
    boolean pauseOver,
    boolean retry) {

  /** The Job that isn't over, by its container. */
  enum InFlight {
    NONE,
    WAITING,
    BLOCKED,
    HOPELESS,
    WORKING,
    ENDED_WELL,
    ENDED_BADLY
  }

  /** The latest run that was told of; all but the last are of this version of the spec. */
  enum Last {
    NONE,
    PERMANENT,
    PASSING,
    INTERRUPTED,
    LOST,
    CANCELLED,
    PLANNED,
    APPROVED,
    FAILED_BEFORE
  }

  private static final List<Boolean> EITHER = List.of(false, true);
  private static final Input BEFORE =
      Input.of(DecisionFixture.spec("a/shop:1", null, "db.example", false)).orElseThrow();

  /** Every one that can occur. */
  static Stream<Combination> all() {
    return Arrays.stream(InFlight.values())
        .flatMap(run ->
            EITHER.stream()
                .flatMap(older ->
                    Arrays.stream(Last.values())
                        .flatMap(last ->
                            EITHER.stream()
                                .flatMap(seenBefore ->
                                    EITHER.stream()
                                        .flatMap(applied ->
                                            of(run, older, last, seenBefore, applied))))))
        .filter(Combination::occurs);
  }

  private static Stream<Combination> of(
      InFlight run, boolean older, Last last, boolean seenBefore, boolean applied) {
    return Stream.iterate(0, n -> n < 64, n -> n + 1)
        .map(n ->
            new Combination(
                run,
                older,
                last,
                seenBefore,
                applied,
                (n & 1) > 0,
                (n & 2) > 0,
                (n & 4) > 0,
                (n & 8) > 0,
                (n & 16) > 0,
                (n & 32) > 0));
  }

  private boolean occurs() {
    var paused = last == Last.PASSING || last == Last.INTERRUPTED || last == Last.LOST;
    return (run != InFlight.NONE || !older)
        && ((paused && run == InFlight.NONE) || pauseOver)
        && (attemptsLeft || (last == Last.PASSING && run == InFlight.NONE))
        && (last != Last.PERMANENT || run == InFlight.NONE || older)
        // what this version of the spec brought about was told with its generation
        && (seenBefore || last == Last.NONE || last == Last.FAILED_BEFORE)
        && (seenBefore || run == InFlight.NONE || older);
  }

  /** The facts of it, for the second version of the spec. */
  Observation seen() {
    var spec = DecisionFixture.spec("registry.example/shop:1.42.0", null, "db.example", suspended);
    var approve = last == Last.APPROVED ? DecisionFixture.DIGEST : null;
    var desired = DecisionFixture.desired(spec, 2, deleting, retry ? "again" : null, approve);
    return new Observation(desired, status(), runs(), List.of(), List.of(), DecisionFixture.NOW);
  }

  private List<ObservedRun> runs() {
    return run == InFlight.NONE
        ? List.of()
        : List.of(
            new ObservedRun(
                "shop-2",
                "job-uid-2",
                "uid-1",
                2,
                older ? 1 : 2,
                1,
                older ? BEFORE : DecisionFixture.INPUT,
                null,
                null,
                List.of(),
                DecisionFixture.NOW.minusSeconds(50),
                false,
                false,
                false,
                true,
                phase()));
  }

  private Phase phase() {
    return switch (run) {
      case NONE, WAITING -> new Phase.Waiting(null);
      case BLOCKED ->
          new Phase.Waiting(
              new Obstacle(Obstacle.Kind.WAITING_FOR_SECRET, "secret \"x\" not found"));
      case HOPELESS -> new Phase.Waiting(new Obstacle(Obstacle.Kind.INVALID_IMAGE_NAME, "no"));
      case WORKING ->
          new Phase.Working(DecisionFixture.NOW.minusSeconds(30), ObservedRun.Progress.MIGRATING);
      case ENDED_WELL -> DecisionFixture.ended(0);
      case ENDED_BADLY -> DecisionFixture.ended(20, "ChangeSetFailed", "relation exists");
    };
  }

  private DatabaseMigrationStatus status() {
    var status = new StatusDraft(DatabaseMigrationStatus.EMPTY, List.of());
    status.observedGeneration = seenBefore ? 2L : 1L;
    status.startedAt = DecisionFixture.NOW.minus(Duration.ofMinutes(deadlineOver ? 31 : 1));
    status.attempt = attemptsLeft ? last == Last.PERMANENT || last == Last.PASSING ? 1 : 0 : 3;
    status.lastRun = lastRun();
    if (last == Last.PLANNED || last == Last.APPROVED) {
      status.plan = new Plan(DecisionFixture.DIGEST, 3, null);
    }
    status.run = run == InFlight.NONE ? last == Last.NONE ? null : 1L : Long.valueOf(2);
    status.job = status.run == null ? null : "shop-" + status.run;
    status.started =
        status.run == null
            ? null
            : new StartedRun(
                "job-uid-" + status.run,
                older ? 1 : 2,
                (older ? BEFORE : DecisionFixture.INPUT).revision(),
                null);
    if (run == InFlight.NONE
        && (last == Last.PASSING || last == Last.INTERRUPTED || last == Last.LOST)) {
      status.nextAttemptAt = DecisionFixture.NOW.plusSeconds(pauseOver ? -1 : 5);
    }
    if (applied) {
      status.applied(
          new AppliedRevision(
              DecisionFixture.INPUT.revision(),
              DecisionFixture.INPUT.target(),
              DecisionFixture.NOW,
              null));
    }
    return status.finish();
  }

  private @Nullable LastRun lastRun() {
    var outcome =
        switch (last) {
          case NONE -> null;
          case PERMANENT, PASSING, FAILED_BEFORE -> Outcome.Failed;
          case INTERRUPTED -> Outcome.Interrupted;
          case LOST -> Outcome.Lost;
          case CANCELLED -> Outcome.Cancelled;
          case PLANNED, APPROVED -> Outcome.Planned;
        };
    if (outcome == null) {
      return null;
    }
    var input = last == Last.FAILED_BEFORE ? BEFORE : DecisionFixture.INPUT;
    return new LastRun(
        input.revision(),
        last == Last.FAILED_BEFORE ? 1 : 2,
        input.key(),
        "shop-1",
        null,
        outcome,
        null,
        DecisionFixture.NOW.minusSeconds(40),
        null,
        List.of(),
        null,
        new Failure("ChangeSetFailed", null, null, null, "why", null));
  }
}
