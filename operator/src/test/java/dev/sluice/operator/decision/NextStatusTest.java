package dev.sluice.operator.decision;

import static dev.sluice.operator.decision.DecisionFixture.INPUT;
import static dev.sluice.operator.decision.DecisionFixture.NOW;
import static dev.sluice.operator.decision.DecisionFixture.SPEC;
import static dev.sluice.operator.decision.DecisionFixture.desired;
import static dev.sluice.operator.decision.DecisionFixture.fresh;
import static dev.sluice.operator.decision.DecisionFixture.run;
import static dev.sluice.operator.decision.DecisionFixture.seen;
import static dev.sluice.operator.decision.DecisionFixture.settle;
import static dev.sluice.operator.decision.DecisionFixture.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.operator.observation.Input;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase;
import org.junit.jupiter.api.Test;

final class NextStatusTest {
  @Test
  void aStartedRunThatWaitsForItsContainerIsWrittenOnce() {
    var started =
        NextStatus.of(
                CurrentStatus.of(fresh()),
                Decider.decide(CurrentStatus.of(fresh())),
                new ActionResult.Started("shop-1", "job-uid-1"))
            .status();

    assertThat(settle(seen(desired(SPEC), started, NOW, run(1, new Phase.Waiting(null)))))
        .isEqualTo(started);
  }

  @Test
  void theTargetIsThatOfTheSpecAlsoWhileAnOlderRunEnds() {
    var started =
        NextStatus.of(
                CurrentStatus.of(fresh()),
                Decider.decide(CurrentStatus.of(fresh())),
                new ActionResult.Started("shop-1", "job-uid-1"))
            .status();
    var moved = spec("registry.example/shop:1.42.0", null, "other.example", false);

    assertThat(started.target()).isEqualTo(INPUT.target());
    assertThat(
            settle(
                    seen(
                        desired(moved, 2, false, null),
                        started,
                        NOW,
                        run(1, new Phase.Working(NOW, ObservedRun.Progress.MIGRATING))))
                .target())
        .isEqualTo(Input.of(moved).orElseThrow().target())
        .isNotEqualTo(INPUT.target());
  }

  @Test
  void aSpecThatCannotBeReadHasNoTarget() {
    var started =
        NextStatus.of(
                CurrentStatus.of(fresh()),
                Decider.decide(CurrentStatus.of(fresh())),
                new ActionResult.Started("shop-1", "job-uid-1"))
            .status();
    var nameless = spec(null, null, "db.example", false);

    assertThat(settle(seen(desired(nameless, 2, false, null), started, NOW)).target()).isNull();
  }
}
