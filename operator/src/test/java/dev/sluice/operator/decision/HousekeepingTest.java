package dev.sluice.operator.decision;

import static dev.sluice.operator.decision.DecisionFixture.NOW;
import static dev.sluice.operator.decision.DecisionFixture.SPEC;
import static dev.sluice.operator.decision.DecisionFixture.after;
import static dev.sluice.operator.decision.DecisionFixture.desired;
import static dev.sluice.operator.decision.DecisionFixture.ended;
import static dev.sluice.operator.decision.DecisionFixture.run;
import static dev.sluice.operator.decision.DecisionFixture.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.Observation;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase;
import dev.sluice.operator.observation.Obstacle;
import dev.sluice.operator.observation.RunEnd;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class HousekeepingTest {
  @Test
  void nothingIsTouchedBeforeItsEndIsStored() {
    var started =
        NextStatus.of(
                CurrentStatus.of(DecisionFixture.fresh()),
                Decider.decide(CurrentStatus.of(DecisionFixture.fresh())),
                new ActionResult.Started("shop-1", "job-uid-1"))
            .status();

    assertThat(housekeeping(seen(desired(SPEC), started, NOW, run(1, 1, ended(0), true))))
        .isEqualTo(
            new Housekeeping(List.of(), List.of(), List.of(), List.of(), List.of(), false, false));
  }

  @Test
  void aRunThatIsOverAndToldOfGetsItsOwnerAndFreesTheObject() {
    var run = run(1, 1, ended(0), true);

    var housekeeping = housekeeping(seen(desired(SPEC), after(ended(0)), NOW, run));

    assertThat(housekeeping.own()).containsExactly(run);
    assertThat(housekeeping.release()).isTrue();
  }

  @Test
  void aJobIsDeletedOnceItIsToldOfAsTakenBack() {
    var started =
        NextStatus.of(
                CurrentStatus.of(DecisionFixture.fresh()),
                Decider.decide(CurrentStatus.of(DecisionFixture.fresh())),
                new ActionResult.Started("shop-1", "job-uid-1"))
            .status();
    var changed =
        desired(DecisionFixture.spec("a/shop:2", null, "db.example", false), 2, false, null);
    var waiting = run(1, new Phase.Waiting(null));
    var before = seen(changed, started, NOW, waiting);
    var told = seen(changed, DecisionFixture.settle(before), NOW, waiting);

    assertThat(housekeeping(before).takeBack()).isEmpty();
    assertThat(housekeeping(told).takeBack()).containsExactly(waiting);
  }

  @Test
  void aRunAtWorkIsHeld() {
    var housekeeping =
        housekeeping(
            seen(
                desired(SPEC, 1, true, null),
                DatabaseMigrationStatus.EMPTY,
                NOW,
                run(1, new Phase.Working(NOW, ObservedRun.Progress.MIGRATING))));

    assertThat(housekeeping.release()).isFalse();
    assertThat(housekeeping.own()).isEmpty();
  }

  @Test
  void theFinalizerComesBackWhileARunIsInFlightAndOnlyThen() {
    var working = run(1, new Phase.Working(NOW, ObservedRun.Progress.MIGRATING));
    var held = desired(SPEC);
    var stripped =
        new DesiredMigration(
            held.namespace(), held.name(), held.uid(), 1, false, false, null, null, held.reading());

    assertThat(housekeeping(seen(stripped, DatabaseMigrationStatus.EMPTY, NOW, working)).hold())
        .isTrue();
    assertThat(housekeeping(seen(held, DatabaseMigrationStatus.EMPTY, NOW, working)).hold())
        .isFalse();
    assertThat(housekeeping(seen(stripped, after(ended(0)), NOW, run(1, 1, ended(0), true))).hold())
        .isFalse();
  }

  /** It is told of as ended already: only the cache of Jobs doesn't know. */
  @Test
  void theFinalizerDoesNotComeBackForARunThatAnOldViewShowsAtWork() {
    var held = desired(SPEC);
    var released =
        new DesiredMigration(
            held.namespace(), held.name(), held.uid(), 1, false, false, null, null, held.reading());
    var working = run(1, new Phase.Working(NOW, ObservedRun.Progress.MIGRATING));

    assertThat(housekeeping(seen(released, after(ended(0)), NOW, working)).hold()).isFalse();
  }

  @Test
  void theLastFailureAndTheLastThreeSuccessesStay() {
    var runs =
        Stream.concat(
                IntStream.rangeClosed(1, 5).mapToObj(n -> run(n, 1, ended(0), true)),
                IntStream.rangeClosed(6, 8).mapToObj(n -> run(n, 1, ended(20), true)))
            .toArray(ObservedRun[]::new);
    var draft = new StatusDraft(after(ended(0)), List.of());
    draft.run = 9L;

    assertThat(housekeeping(seen(desired(SPEC), draft.finish(), NOW, runs)).prune())
        .extracting(ObservedRun::number)
        .containsExactlyInAnyOrder(1L, 2L, 6L, 7L);
  }

  /** Its pod isn't in the cache yet, but the status has read its report. */
  @Test
  void aSuccessOfWhichTheEndIsUnseenTakesNoPlaceOfAFailure() {
    var failed = run(0, 1, ended(20), true);
    var succeeded = run(1, 1, new Phase.Ended(new RunEnd.Unseen(NOW)), true);

    assertThat(housekeeping(seen(desired(SPEC), after(ended(0)), NOW, failed, succeeded)).prune())
        .isEmpty();
  }

  /** A sidecar that admission added, and that no end of the run ends. */
  @Test
  void aPodThatOutlivesItsRunIsEndedOnceThatIsStored() {
    var outlived = run(1, ended(0));
    var end = NOW.plus(Timings.INJECTED_END);
    var unstored = DatabaseMigrationStatus.EMPTY;

    assertThat(housekeeping(seen(desired(SPEC), unstored, end, outlived)).endPods()).isEmpty();
    assertThat(
            housekeeping(seen(desired(SPEC), after(ended(0)), NOW.minusSeconds(9), outlived))
                .endPods())
        .as("the Job is over a moment later")
        .isEmpty();
    assertThat(housekeeping(seen(desired(SPEC), after(ended(0)), end, outlived)).endPods())
        .containsExactly(outlived);
    assertThat(
            housekeeping(seen(desired(SPEC), after(ended(0)), end, run(1, 1, ended(0), true)))
                .endPods())
        .isEmpty();
  }

  @Test
  void whatHeldARunBackUntilTheDeadlineKeepsItsLog() {
    var obstacle = new Obstacle(Obstacle.Kind.INJECTED_CONTAINER, "mesh is at work");
    var held = run(1, new Phase.Bound(obstacle));
    var started =
        NextStatus.of(
                CurrentStatus.of(DecisionFixture.fresh()),
                Decider.decide(CurrentStatus.of(DecisionFixture.fresh())),
                new ActionResult.Started("shop-1", "job-uid-1"))
            .status();
    var late = NOW.plus(SPEC.run().deadline());
    var before = seen(desired(SPEC), started, late, held);
    var told = seen(desired(SPEC), DecisionFixture.settle(before), late, held);

    assertThat(housekeeping(before).endPods()).isEmpty();
    assertThat(housekeeping(told).endPods()).containsExactly(held);
    assertThat(housekeeping(told).takeBack()).isEmpty();
  }

  private static Housekeeping housekeeping(Observation seen) {
    return Housekeeping.of(seen, Decider.decide(CurrentStatus.of(seen)));
  }
}
