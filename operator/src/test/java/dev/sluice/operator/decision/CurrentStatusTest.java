package dev.sluice.operator.decision;

import static dev.sluice.operator.decision.DecisionFixture.NOW;
import static dev.sluice.operator.decision.DecisionFixture.SPEC;
import static dev.sluice.operator.decision.DecisionFixture.after;
import static dev.sluice.operator.decision.DecisionFixture.desired;
import static dev.sluice.operator.decision.DecisionFixture.ended;
import static dev.sluice.operator.decision.DecisionFixture.run;
import static dev.sluice.operator.decision.DecisionFixture.seen;
import static dev.sluice.operator.decision.DecisionFixture.settle;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.DatabaseMigrationStatus.AppliedRevision;
import dev.sluice.api.LastRun;
import dev.sluice.api.Outcome;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase;
import dev.sluice.operator.observation.Obstacle;
import dev.sluice.operator.observation.RunEnd;
import dev.sluice.operator.observation.TerminationReport;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CurrentStatusTest {
  private static final DesiredMigration CHANGED =
      desired(DecisionFixture.spec("a/shop:2", null, "db.example", false), 2, false, null);

  private static final TerminationReport REPORT =
      new TerminationReport(
          2,
          List.of("a::1::ann", "a::2::ann"),
          12,
          1,
          1,
          List.of("1.42.0", "1.41.0"),
          List.of(),
          null,
          null,
          null,
          null,
          null);

  @Test
  void aSuccessEntersRevisionsAndNumbers() {
    var status = after(new Phase.Ended(DecisionFixture.end(0, REPORT)));

    assertThat(status.appliedRevision()).isEqualTo("1.42.0");
    assertThat(status.appliedRevisions())
        .extracting(AppliedRevision::revision)
        .containsExactly("1.42.0", "1.41.0");
    assertThat(status.pending()).as("the one that a precondition explains isn't pending").isZero();
    assertThat(status.applied()).isEqualTo(11);
    assertThat(status.lastRun())
        .extracting(LastRun::duration, LastRun::image)
        .containsExactly("20s", "registry.example/shop@sha256:abc");
    assertThat(status.history()).hasSize(1);
  }

  @Test
  void aFailureEntersNoRevision() {
    var status = after(new Phase.Ended(DecisionFixture.end(20, REPORT)));

    assertThat(status.appliedRevisions()).isEmpty();
    assertThat(status.pending()).isEqualTo(1);
    assertThat(status.lastRun()).extracting(LastRun::outcome).isEqualTo(Outcome.Failed);
  }

  @Test
  void anEndIsEnteredOnce() {
    var status = after(ended(20));
    var again =
        CurrentStatus.of(
                seen(desired(SPEC), status, NOW.plusSeconds(9), run(1, 1, ended(20), true)))
            .status();

    assertThat(again).isEqualTo(status);
  }

  /** The operator died between the next run's Job and the status that told of both. */
  @Test
  void theEndBeforeAFoundRunIsEnteredToo() {
    var changed =
        desired(DecisionFixture.spec("a/shop:2", null, "db.example", false), 2, false, null);
    var seen =
        seen(
            changed,
            DecisionFixture.started(),
            NOW,
            run(1, 1, ended(0), true),
            run(2, 2, new Phase.Working(NOW, ObservedRun.Progress.MIGRATING), false));

    var status = CurrentStatus.of(seen).status();

    assertThat(status.run()).isEqualTo(2);
    assertThat(status.appliedRevisions())
        .extracting(AppliedRevision::revision)
        .containsExactly("1.42.0");
  }

  @Test
  void aRetryAfterAFailureThatNobodySawIsHeard() {
    var seen =
        seen(
            desired(SPEC, 1, false, "again"),
            DecisionFixture.started(),
            NOW,
            run(1, 1, ended(20), true));

    assertThat(Decider.decide(CurrentStatus.of(seen))).isInstanceOf(Decision.Start.class);
    assertThat(CurrentStatus.of(seen).status().history()).hasSize(1);
  }

  @Test
  void aRunThatCanNeverStartIsNotTriedAgain() {
    var fresh = DecisionFixture.fresh();
    var started =
        NextStatus.of(
                CurrentStatus.of(fresh),
                Decider.decide(CurrentStatus.of(fresh)),
                new ActionResult.Started("shop-1", "job-uid-1"))
            .status();
    var hopeless = new Phase.Waiting(new Obstacle(Obstacle.Kind.INVALID_IMAGE_NAME, "no"));
    var waiting = seen(desired(SPEC), started, NOW, run(1, hopeless));
    var cancelled =
        NextStatus.of(
                CurrentStatus.of(waiting),
                Decider.decide(CurrentStatus.of(waiting)),
                new ActionResult.Done())
            .status();

    var gone = run(1, hopeless).gone(new RunEnd.NeverStarted(null));
    assertThat(DecisionFixture.decide(seen(desired(SPEC), cancelled, NOW.plusSeconds(1), gone)))
        .isEqualTo(new Decision.Stall("InvalidImageName", "no"));
  }

  /** Nothing is said of a run that is taken back before its end is read. */
  @Test
  void aRunIsCancelledOnceItsPodHasNeverStarted() {
    var taken = takenBack(new Phase.Waiting(null));

    assertThat(taken.lastRun()).isNull();
    assertThat(cancelling(taken)).contains(Outcome.Cancelled);
    var gone = run(1, new Phase.Waiting(null)).gone(new RunEnd.NeverStarted(null));
    var status = CurrentStatus.of(seen(CHANGED, taken, NOW, gone)).status();
    var last = Objects.requireNonNull(status.lastRun());
    assertThat(last.outcome()).isEqualTo(Outcome.Cancelled);
    assertThat(Objects.requireNonNull(last.failure()).message())
        .isEqualTo("the spec changed before its container started");
    assertThat(cancelling(status)).isEmpty();
  }

  @Test
  void aRunOfWhichNobodySawWhetherItStartedIsLost() {
    var status = CurrentStatus.of(seen(CHANGED, takenBack(new Phase.Waiting(null)), NOW)).status();

    assertThat(status.lastRun())
        .extracting(LastRun::outcome, LastRun::revision, LastRun::generation)
        .containsExactly(Outcome.Lost, "1.42.0", 1L);
  }

  @Test
  void aRunThatHasStartedAfterAllIsNotTakenBack() {
    var seen =
        seen(CHANGED, takenBack(new Phase.Waiting(null)), NOW, run(1, new Phase.Bound(null)));

    assertThat(DecisionFixture.decide(seen)).isInstanceOf(Decision.Await.class);
    assertThat(Housekeeping.of(seen, DecisionFixture.decide(seen)).takeBack()).isEmpty();
    assertThat(cancelling(DecisionFixture.settle(seen))).isEmpty();
  }

  private static Optional<Outcome> cancelling(DatabaseMigrationStatus status) {
    return Optional.ofNullable(status.started())
        .map(DatabaseMigrationStatus.StartedRun::cancelling)
        .map(DatabaseMigrationStatus.Cancelling::outcome);
  }

  private static DatabaseMigrationStatus takenBack(Phase phase) {
    return DecisionFixture.settle(seen(CHANGED, DecisionFixture.started(), NOW, run(1, phase)));
  }

  @Test
  void aVanishedRunIsToldOfAsTheOneThatWasStarted() {
    var fresh = DecisionFixture.fresh();
    var started =
        NextStatus.of(
                CurrentStatus.of(fresh),
                Decider.decide(CurrentStatus.of(fresh)),
                new ActionResult.Started("shop-1", "job-uid-1"))
            .status();
    var changed = DecisionFixture.spec("a/shop:2", null, "db.example", false);
    var status = DecisionFixture.settle(seen(desired(changed, 2, false, null), started, NOW));

    assertThat(status.lastRun())
        .extracting(LastRun::outcome, LastRun::revision, LastRun::generation)
        .containsExactly(Outcome.Lost, "1.42.0", 1L);
    assertThat(status.nextAttemptAt()).as("the new version doesn't wait for it").isNull();
  }

  @Test
  void aRunThatWasQuickerThanItsTakingBackCounts() {
    var fresh = DecisionFixture.fresh();
    var started =
        NextStatus.of(
                CurrentStatus.of(fresh),
                Decider.decide(CurrentStatus.of(fresh)),
                new ActionResult.Started("shop-1", "job-uid-1"))
            .status();
    var cancelled =
        DecisionFixture.settle(seen(CHANGED, started, NOW, run(1, new Phase.Waiting(null))));
    var status =
        CurrentStatus.of(seen(CHANGED, cancelled, NOW, run(1, 1, ended(0), true))).status();

    assertThat(status.lastRun()).extracting(LastRun::outcome).isEqualTo(Outcome.Succeeded);
    assertThat(status.appliedRevision()).isEqualTo("1.42.0");
  }

  /** The operator died between the run's Job and the status that tells of it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRetryThatIsFoundAtWorkIsNotHeardTwice(boolean ended) {
    var failed = after(ended(20));
    var desired = desired(DecisionFixture.SPEC, 1, false, "again");
    var work = new Phase.Working(NOW, ObservedRun.Progress.MIGRATING);
    var found = answering(desired, ended, ended ? ended(20) : work);

    var told = settle(seen(desired, failed, NOW, found));
    assertThat(told.handledRetry()).isEqualTo("again");
    assertThat(told.attempt()).isEqualTo(ended ? 1 : 0);
    var over = answering(desired, true, ended(20));
    assertThat(Decider.decide(CurrentStatus.of(seen(desired, told, NOW, over))))
        .isInstanceOf(Decision.Stall.class);
  }

  private static ObservedRun answering(DesiredMigration desired, boolean over, Phase phase) {
    var run = run(2, 1, phase, over);
    return new ObservedRun(
        run.job(),
        run.jobUid(),
        run.uid(),
        run.number(),
        run.generation(),
        run.attempt(),
        run.input(),
        desired.retryMark(),
        run.approved(),
        run.required(),
        run.createdAt(),
        run.owned(),
        run.over(),
        run.leaving(),
        run.proven(),
        run.phase());
  }

  @Test
  void aStatusOfAnotherVersionIsTurnedBeforeAnythingElse() {
    var applied = after(ended(0));
    var changed = seen(CHANGED, applied, NOW);
    var current = CurrentStatus.of(changed);
    assertThat(current.isAnnouncedFirst(Decider.decide(current))).isTrue();

    var told =
        NextStatus.of(current, Decider.decide(current), new ActionResult.Announced()).status();
    assertThat(told.conditions().getFirst().status()).isEqualTo("False");
    assertThat(told.conditions().getFirst().message()).contains("revision 2");
    var next = CurrentStatus.of(seen(CHANGED, told, NOW));
    assertThat(next.isAnnouncedFirst(Decider.decide(next))).isFalse();
    var fresh = CurrentStatus.of(DecisionFixture.fresh());
    assertThat(fresh.isAnnouncedFirst(Decider.decide(fresh))).as("it says nothing yet").isFalse();
  }
}
