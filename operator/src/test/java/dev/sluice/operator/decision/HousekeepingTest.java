package dev.sluice.operator.decision;

import static dev.sluice.operator.decision.DecisionFixture.NOW;
import static dev.sluice.operator.decision.DecisionFixture.SPEC;
import static dev.sluice.operator.decision.DecisionFixture.after;
import static dev.sluice.operator.decision.DecisionFixture.ended;
import static dev.sluice.operator.decision.DecisionFixture.goal;
import static dev.sluice.operator.decision.DecisionFixture.run;
import static dev.sluice.operator.decision.DecisionFixture.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.operator.observation.Observation;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class HousekeepingTest {
  @Test
  void nothingIsTouchedBeforeItsEndIsStored() {
    var started =
        NextStatus.of(
            DecisionFixture.fresh(),
            Decider.decide(DecisionFixture.fresh()),
            new ActionResult.Started("shop-1"));

    assertThat(chores(seen(goal(SPEC), started, NOW, run(1, 1, ended(0), true))))
        .isEqualTo(new Housekeeping(List.of(), List.of(), List.of(), List.of(), false));
  }

  @Test
  void aRunThatIsOverAndToldOfGetsItsOwnerAndFreesTheObject() {
    var run = run(1, 1, ended(0), true);

    var chores = chores(seen(goal(SPEC), after(ended(0)), NOW, run));

    assertThat(chores.own()).containsExactly(run);
    assertThat(chores.release()).isTrue();
  }

  @Test
  void aJobIsDeletedOnceItIsToldOfAsTakenBack() {
    var started =
        NextStatus.of(
            DecisionFixture.fresh(),
            Decider.decide(DecisionFixture.fresh()),
            new ActionResult.Started("shop-1"));
    var changed = goal(DecisionFixture.spec("a/shop:2", null, "db.example", false), 2, false, null);
    var waiting = run(1, new Phase.Waiting(null));
    var before = seen(changed, started, NOW, waiting);
    var told = seen(changed, DecisionFixture.settle(before), NOW, waiting);

    assertThat(chores(before).takeBack()).isEmpty();
    assertThat(chores(told).takeBack()).containsExactly(waiting);
  }

  @Test
  void aRunAtWorkIsHeld() {
    var chores =
        chores(
            seen(
                goal(SPEC, 1, true, null),
                DatabaseMigrationStatus.EMPTY,
                NOW,
                run(1, new Phase.Working(NOW, ObservedRun.Progress.MIGRATING))));

    assertThat(chores.release()).isFalse();
    assertThat(chores.own()).isEmpty();
  }

  @Test
  void theLastFailureAndTheLastThreeSuccessesStay() {
    var runs =
        Stream.concat(
                IntStream.rangeClosed(1, 5).mapToObj(n -> run(n, 1, ended(0), true)),
                IntStream.rangeClosed(6, 8).mapToObj(n -> run(n, 1, ended(20), true)))
            .toArray(ObservedRun[]::new);
    var draft = new StatusDraft(after(ended(0)));
    draft.run = 9L;

    assertThat(chores(seen(goal(SPEC), draft.finish(), NOW, runs)).prune())
        .extracting(ObservedRun::number)
        .containsExactlyInAnyOrder(1L, 2L, 6L, 7L);
  }

  private static Housekeeping chores(Observation seen) {
    return Housekeeping.of(seen, Decider.decide(seen));
  }
}
