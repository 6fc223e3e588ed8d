package dev.sluice.operator.decision;

import static dev.sluice.operator.decision.DecisionFixture.DIGEST;
import static dev.sluice.operator.decision.DecisionFixture.NOW;
import static dev.sluice.operator.decision.DecisionFixture.SPEC;
import static dev.sluice.operator.decision.DecisionFixture.after;
import static dev.sluice.operator.decision.DecisionFixture.desired;
import static dev.sluice.operator.decision.DecisionFixture.ended;
import static dev.sluice.operator.decision.DecisionFixture.run;
import static dev.sluice.operator.decision.DecisionFixture.seen;
import static dev.sluice.operator.decision.DecisionFixture.settle;
import static dev.sluice.operator.decision.DecisionFixture.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sluice.api.Condition;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.operator.decision.Decision.Applied;
import dev.sluice.operator.decision.Decision.Ask;
import dev.sluice.operator.decision.Decision.Await;
import dev.sluice.operator.decision.Decision.Cancel;
import dev.sluice.operator.decision.Decision.Pause;
import dev.sluice.operator.decision.Decision.Release;
import dev.sluice.operator.decision.Decision.Stall;
import dev.sluice.operator.decision.Decision.Start;
import dev.sluice.operator.decision.Decision.Suspended;
import dev.sluice.operator.decision.Decision.Unreadable;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.Observation;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase;
import dev.sluice.operator.observation.Obstacle;
import dev.sluice.operator.observation.RunEnd;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The situations by name, each with its decision, its reason and the condition that is True. */
final class SituationsTest {
  private static final Phase WAITING = new Phase.Waiting(null);
  private static final Phase WORKING =
      new Phase.Working(NOW.minusSeconds(30), ObservedRun.Progress.MIGRATING);
  private static final DatabaseMigrationStatus NEW = DatabaseMigrationStatus.EMPTY;
  private static final Instant LATE = NOW.plusSeconds(3600);

  static Stream<Arguments> situations() {
    var desired = desired(SPEC);
    var suspended =
        desired(spec("registry.example/shop:1.42.0", null, "db.example", true), 2, false, null);
    var changed =
        desired(spec("registry.example/shop:1.43.0", null, "db.example", false), 2, false, null);
    var deleted = desired(SPEC, 1, true, null);
    var applied = after(ended(0));
    var failed = after(ended(20, "ChangeSetFailed", "relation exists"));
    var passing = after(ended(10, "ChangeSetFailed", "lock timeout"));
    var waited = after(ended(11, "LockHeld", "by pid 1"));
    var obstacle =
        new Phase.Waiting(new Obstacle(Obstacle.Kind.WAITING_FOR_SECRET, "secret \"x\" not found"));
    var hopeless = new Phase.Waiting(new Obstacle(Obstacle.Kind.INVALID_IMAGE_NAME, "no"));
    var started =
        NextStatus.of(CurrentStatus.of(DecisionFixture.fresh()), Decider.decide(CurrentStatus.of(DecisionFixture.fresh())), new ActionResult.Started("shop-1")).status();
    var manual = desired(DecisionFixture.manual());
    var planned =
        settle(seen(manual, started, NOW, run(1, 1, DecisionFixture.planned(DIGEST), true)));
    var approved = desired(DecisionFixture.manual(), 1, false, null, DIGEST);
    return Stream.of(
        arguments(
            "waits for approval",
            seen(manual, planned, LATE),
            Ask.class,
            "WaitingForApproval",
            "Reconciling"),
        arguments(
            "approved", seen(approved, planned, LATE), Start.class, "Starting", "Reconciling"),
        arguments(
            "another plan approved",
            seen(desired(DecisionFixture.manual(), 1, false, null, "6".repeat(64)), planned, LATE),
            Ask.class,
            "WaitingForApproval",
            "Reconciling"),
        arguments(
            "plan that nobody asked for",
            seen(desired, started, NOW, run(1, 1, DecisionFixture.planned(DIGEST), true)),
            Stall.class,
            "ApprovalRequired",
            "Stalled"),
        arguments("just created", seen(desired, NEW, NOW), Start.class, "Starting", "Reconciling"),
        arguments(
            "container not started",
            seen(desired, started, NOW, run(1, WAITING)),
            Await.class,
            "Starting",
            "Reconciling"),
        arguments(
            "secret missing",
            seen(desired, started, NOW, run(1, obstacle)),
            Await.class,
            "WaitingForSecret",
            "Reconciling"),
        arguments(
            "image name hopeless",
            seen(desired, started, NOW, run(1, hopeless)),
            Cancel.class,
            "InvalidImageName",
            "Reconciling"),
        arguments(
            "not started at the deadline",
            seen(desired, started, LATE, run(1, obstacle)),
            Cancel.class,
            "WaitingForSecret",
            "Reconciling"),
        arguments(
            "at work",
            seen(desired, started, NOW, run(1, WORKING)),
            Await.class,
            "Running",
            "Reconciling"),
        arguments(
            "at work past the deadline",
            seen(desired, started, LATE, run(1, WORKING)),
            Await.class,
            "Running",
            "Reconciling"),
        arguments(
            "succeeded, Job not done yet",
            seen(desired, started, NOW, run(1, ended(0))),
            Applied.class,
            "Applied",
            "Ready"),
        arguments("applied", seen(desired, applied, NOW), Applied.class, "Applied", "Ready"),
        arguments(
            "applied, then suspended",
            seen(suspended, applied, NOW),
            Applied.class,
            "Applied",
            "Ready"),
        arguments("suspended", seen(suspended, NEW, NOW), Suspended.class, "Suspended", ""),
        arguments(
            "suspended while at work",
            seen(suspended, started, NOW, run(1, WORKING)),
            Await.class,
            "OlderRunEnds",
            "Reconciling"),
        arguments(
            "suspended before it started",
            seen(suspended, started, NOW, run(1, WAITING)),
            Cancel.class,
            "Cancelled",
            "Reconciling"),
        arguments(
            "permanent failure",
            seen(desired, failed, NOW),
            Stall.class,
            "ChangeSetFailed",
            "Stalled"),
        arguments(
            "permanent failure, new spec",
            seen(changed, failed, NOW),
            Start.class,
            "Starting",
            "Reconciling"),
        arguments(
            "permanent failure, retry asked",
            seen(desired(SPEC, 1, false, "again"), failed, NOW),
            Start.class,
            "Starting",
            "Reconciling"),
        arguments(
            "transient failure",
            seen(desired, passing, NOW),
            Pause.class,
            "RetryScheduled",
            "Reconciling"),
        arguments(
            "transient failure, pause over",
            seen(desired, passing, NOW.plusSeconds(11)),
            Start.class,
            "Starting",
            "Reconciling"),
        arguments(
            "transient failure, deadline over",
            seen(desired, passing, LATE),
            Stall.class,
            "DeadlineExceeded",
            "Stalled"),
        arguments("waited", seen(desired, waited, NOW), Pause.class, "LockHeld", "Reconciling"),
        arguments(
            "waited, pause over",
            seen(desired, waited, NOW.plusSeconds(6)),
            Start.class,
            "Starting",
            "Reconciling"),
        arguments(
            "waited until the deadline",
            seen(desired, waited, LATE),
            Stall.class,
            "DeadlineExceeded",
            "Stalled"),
        arguments("Job vanished", seen(desired, started, NOW), Pause.class, "Lost", "Reconciling"),
        arguments(
            "Job ended unseen",
            seen(desired, started, NOW, run(1, 1, new Phase.Ended(new RunEnd.Unseen(null)), true)),
            Pause.class,
            "Lost",
            "Reconciling"),
        arguments(
            "spec changed while at work",
            seen(changed, started, NOW, run(1, WORKING)),
            Await.class,
            "OlderRunEnds",
            "Reconciling"),
        arguments(
            "spec changed before it started",
            seen(changed, started, NOW, run(1, WAITING)),
            Cancel.class,
            "Cancelled",
            "Reconciling"),
        arguments(
            "older run ended well",
            seen(changed, started, NOW, run(1, 1, ended(0), true)),
            Start.class,
            "Starting",
            "Reconciling"),
        arguments(
            "older run failed",
            seen(changed, started, NOW, run(1, 1, ended(20), true)),
            Start.class,
            "Starting",
            "Reconciling"),
        arguments(
            "older run ended, its Job not done yet",
            seen(changed, started, NOW, run(1, ended(0))),
            Await.class,
            "Starting",
            "Reconciling"),
        arguments(
            "deleted while at work",
            seen(deleted, started, NOW, run(1, WORKING)),
            Await.class,
            "Deleting",
            "Reconciling"),
        arguments(
            "deleted before it started",
            seen(deleted, started, NOW, run(1, WAITING)),
            Cancel.class,
            "Cancelled",
            "Reconciling"),
        arguments(
            "deleted when idle",
            seen(deleted, applied, NOW),
            Release.class,
            "Deleting",
            "Reconciling"),
        arguments(
            "unreadable",
            seen(unreadable(), NEW, NOW),
            Unreadable.class,
            "SpecUnreadable",
            "Stalled"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("situations")
  void decides(
      String situation,
      Observation seen,
      Class<? extends Decision> decision,
      String reason,
      String state) {
    assertThat(Decider.decide(CurrentStatus.of(seen))).isInstanceOf(decision);

    var conditions = settle(seen).conditions();
    assertThat(Condition.find(conditions, "Ready").orElseThrow().reason()).isEqualTo(reason);
    assertThat(conditions.stream().filter(c -> c.status().equals("True")).map(c -> c.type()))
        .as("at most one of Ready, Reconciling, Stalled is True")
        .isEqualTo(state.isEmpty() ? List.of() : List.of(state));
    assertThat(conditions)
        .allMatch(c -> Long.valueOf(seen.desired().generation()).equals(c.observedGeneration()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("situations")
  void tellsTheSameWhenNothingChanged(
      String situation,
      Observation seen,
      Class<? extends Decision> decision,
      String reason,
      String state) {
    var told = settle(seen);
    var again = seen(seen.desired(), told, seen.now(), seen.runs().toArray(ObservedRun[]::new));

    if (decision != Cancel.class && decision != Start.class) {
      assertThat(settle(again)).isEqualTo(told);
    }
  }

  private static DesiredMigration unreadable() {
    return new DesiredMigration(
        "team",
        "shop",
        "uid-1",
        1,
        false,
        false,
        null,
        null,
        new DesiredMigration.SpecReading.Unreadable("spec.run.attempts: no number"));
  }
}
