package dev.sluice.operator.decision;

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

import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.LastRun;
import dev.sluice.api.Outcome;
import dev.sluice.api.Reasons;
import dev.sluice.operator.decision.Decision.Applied;
import dev.sluice.operator.decision.Decision.Await;
import dev.sluice.operator.decision.Decision.Stall;
import dev.sluice.operator.decision.Decision.Start;
import dev.sluice.operator.observation.Input;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase;
import dev.sluice.operator.observation.Obstacle;
import dev.sluice.operator.observation.RunEnd;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DeciderTest {
  private static final Phase WAITING = new Phase.Waiting(null);
  private static final Phase WORKING =
      new Phase.Working(NOW.minusSeconds(30), ObservedRun.Progress.MIGRATING);
  private static final DatabaseMigrationStatus NEW = DatabaseMigrationStatus.EMPTY;
  private static final Instant LATE = NOW.plusSeconds(3600);

  @Test
  void theDeadlineNamesWhatWasWaitedFor() {
    assertThat(
            Decider.decide(
                CurrentStatus.of(
                    seen(desired(SPEC), after(ended(11, "LockHeld", "held by pid 7")), LATE))))
        .isEqualTo(
            new Stall(
                "DeadlineExceeded",
                "not applied within run.deadline (30m): LockHeld: held by pid 7"));
  }

  @Test
  void aRunThatNeverStartedStallsAtTheDeadlineWithItsObstacle() {
    var started =
        NextStatus.of(
                CurrentStatus.of(DecisionFixture.fresh()),
                Decider.decide(CurrentStatus.of(DecisionFixture.fresh())),
                new ActionResult.Started("shop-1", "job-uid-1"))
            .status();
    var obstacle =
        new Phase.Waiting(new Obstacle(Obstacle.Kind.IMAGE_PULL_FAILED, "no such image"));
    var cancelled = settle(seen(desired(SPEC), started, LATE, run(1, obstacle)));

    assertThat(
            Decider.decide(CurrentStatus.of(seen(desired(SPEC), cancelled, LATE, gone(obstacle)))))
        .isEqualTo(
            new Stall(
                "DeadlineExceeded",
                "not applied within run.deadline (30m): ImagePullFailed: no such image"));
  }

  private static ObservedRun gone(Phase phase) {
    return run(1, phase).gone(new RunEnd.NeverStarted(null));
  }

  @Test
  void aRefusedJobStallsAtTheDeadlineWithTheRefusal() {
    var refused =
        NextStatus.of(
                CurrentStatus.of(DecisionFixture.fresh()),
                Decider.decide(CurrentStatus.of(DecisionFixture.fresh())),
                new ActionResult.Refused(new Obstacle(Obstacle.Kind.JOB_REJECTED, "quota")))
            .status();

    assertThat(Decider.decide(CurrentStatus.of(seen(desired(SPEC), refused, LATE))))
        .isEqualTo(
            new Stall(
                "DeadlineExceeded", "not applied within run.deadline (30m): JobRejected: quota"));

    var told = settle(seen(desired(SPEC), refused, LATE));
    assertThat(settle(seen(desired(SPEC), told, LATE.plusSeconds(60))))
        .as("and goes on to say so")
        .isEqualTo(told);
  }

  @Test
  void aRunBeforeTheOneThatWasToldOfIsNotTakenBackAgain() {
    var status = new StatusDraft(after(ended(0)), List.of());
    status.run = 2L;
    status.job = "shop-2";
    var seen =
        seen(
            desired(spec("a/shop:2", null, "db.example", false), 3, false, null),
            status.finish(),
            NOW,
            run(1, WAITING));

    assertThat(Decider.decide(CurrentStatus.of(seen))).isInstanceOf(Await.class);
  }

  @Test
  void attemptsRunOut() {
    var status = after(ended(10, "ChangeSetFailed", "lock timeout"));
    for (var attempt = 2; attempt <= 3; attempt++) {
      var again =
          NextStatus.of(
                  CurrentStatus.of(seen(desired(SPEC), status, NOW.plusSeconds(60))),
                  Decider.decide(
                      CurrentStatus.of(seen(desired(SPEC), status, NOW.plusSeconds(60)))),
                  new ActionResult.Started("shop-" + attempt, "job-uid-" + attempt))
              .status();
      status =
          settle(
              seen(
                  desired(SPEC),
                  again,
                  NOW.plusSeconds(60),
                  run(attempt, 1, ended(10, "ChangeSetFailed", "lock timeout"), true)));
    }

    assertThat(status.attempt()).isEqualTo(3);
    assertThat(Decider.decide(CurrentStatus.of(seen(desired(SPEC), status, NOW.plusSeconds(61)))))
        .isEqualTo(
            new Stall(
                "AttemptsExhausted",
                "3 of 3 attempts failed, the last with ChangeSetFailed: lock timeout"));
  }

  @Test
  void waitingIsNotCounted() {
    assertThat(after(ended(11)).attempt()).isZero();
    assertThat(after(ended(11)).lastRun())
        .extracting(LastRun::outcome)
        .isEqualTo(Outcome.Interrupted);
  }

  @Test
  void aRunThatWasFoundIsAdopted() {
    var status = settle(seen(desired(SPEC), NEW, NOW, run(4, WORKING)));

    assertThat(status.run()).isEqualTo(4);
    assertThat(status.job()).isEqualTo("shop-4");
  }

  @Test
  void theJobOfAnotherObjectIsNone() {
    var stranger =
        new ObservedRun(
            "shop-9",
            "job-uid-9",
            "uid-0",
            9,
            1,
            1,
            DecisionFixture.INPUT,
            null,
            null,
            List.of(),
            NOW,
            false,
            false,
            false,
            false,
            WORKING);

    assertThat(Decider.decide(CurrentStatus.of(seen(desired(SPEC), NEW, NOW, stranger))))
        .isInstanceOfSatisfying(Start.class, s -> assertThat(s.run().number()).isEqualTo(1));
  }

  @Test
  void otherContentUnderTheSameRevisionIsNotRunButTold() {
    var applied =
        settle(seen(desired(spec("a/b:1", "r1", "db.example", false)), NEW, NOW, sameRevision()));
    var moved =
        seen(desired(spec("a/b:2", "r1", "db.example", false), 2, false, null), applied, NOW);

    assertThat(Decider.decide(CurrentStatus.of(moved))).isEqualTo(new Applied(true));
    assertThat(
            Transition.between(
                CurrentStatus.of(moved),
                NextStatus.of(CurrentStatus.of(moved), new Applied(true), new ActionResult.Done())))
        .extracting(transition -> transition.notice().reason())
        .containsExactly(Reasons.SAME_REVISION);
  }

  @Test
  void anotherHostStartsFromNothing() {
    var moved =
        seen(
            desired(
                spec("registry.example/shop:1.42.0", null, "other.example", false), 2, false, null),
            after(ended(0)),
            NOW);

    assertThat(Decider.decide(CurrentStatus.of(moved))).isInstanceOf(Start.class);
  }

  @Test
  void podSettingsAloneRunNothing() {
    assertThat(
            Decider.decide(
                CurrentStatus.of(seen(desired(SPEC, 7, false, null), after(ended(0)), NOW))))
        .isEqualTo(new Applied(false));
  }

  private static ObservedRun sameRevision() {
    var input = Input.of(spec("a/b:1", "r1", "db.example", false)).orElseThrow();
    return new ObservedRun(
        "shop-1",
        "job-uid-1",
        "uid-1",
        1,
        1,
        1,
        input,
        null,
        null,
        List.of(),
        NOW,
        false,
        true,
        false,
        true,
        ended(0));
  }
}
