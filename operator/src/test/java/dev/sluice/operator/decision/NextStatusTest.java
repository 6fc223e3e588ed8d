package dev.sluice.operator.decision;

import static dev.sluice.operator.decision.Given.NOW;
import static dev.sluice.operator.decision.Given.SPEC;
import static dev.sluice.operator.decision.Given.fresh;
import static dev.sluice.operator.decision.Given.goal;
import static dev.sluice.operator.decision.Given.run;
import static dev.sluice.operator.decision.Given.seen;
import static dev.sluice.operator.decision.Given.settle;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.operator.decision.Run.Phase;
import org.junit.jupiter.api.Test;

final class NextStatusTest {
  @Test
  void aStartedRunThatWaitsForItsContainerIsWrittenOnce() {
    var started = NextStatus.of(fresh(), Decider.decide(fresh()), new Deed.Started("shop-1"));

    assertThat(settle(seen(goal(SPEC), started, NOW, run(1, new Phase.Waiting(null)))))
        .isEqualTo(started);
  }
}
