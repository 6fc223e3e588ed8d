package dev.sluice.operator.decision;

import static dev.sluice.operator.decision.DecisionFixture.NOW;
import static dev.sluice.operator.decision.DecisionFixture.decide;
import static dev.sluice.operator.decision.DecisionFixture.desired;
import static dev.sluice.operator.decision.DecisionFixture.ended;
import static dev.sluice.operator.decision.DecisionFixture.seen;
import static dev.sluice.operator.decision.DecisionFixture.settle;
import static dev.sluice.operator.decision.DecisionFixture.withParameter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.DatabaseMigrationSpec;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.DatabaseMigrationStatus.AppliedRevision;
import dev.sluice.operator.decision.Decision.Applied;
import dev.sluice.operator.decision.Decision.Stall;
import dev.sluice.operator.decision.Decision.Start;
import dev.sluice.operator.observation.Input;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parameters that change while revision and target stay. */
final class ChangedParametersTest {
  private static final DatabaseMigrationSpec EU = withParameter("eu");
  private static final DatabaseMigrationSpec US = withParameter("us");

  @Test
  void anotherValueStartsOneRunAndIsNotTakenForOtherContent() {
    var eu = applied(EU, 1, DatabaseMigrationStatus.EMPTY);

    assertThat(decide(seen(desired(US, 2, false, null), eu, NOW))).isInstanceOf(Start.class);
    var us = applied(US, 2, eu);
    assertThat(decide(seen(desired(US, 2, false, null), us, NOW))).isEqualTo(new Applied(false));
    assertThat(us.appliedRevisions()).hasSize(1);
    assertThat(us.appliedRevisions())
        .extracting(AppliedRevision::parameters)
        .containsExactly(Input.of(US).orElseThrow().parameters());
  }

  @Test
  void noParametersAnyMoreStartARunToo() {
    var eu = applied(EU, 1, DatabaseMigrationStatus.EMPTY);
    var none = desired(DecisionFixture.SPEC, 2, false, null);

    assertThat(decide(seen(none, eu, NOW))).isInstanceOf(Start.class);
    var without = applied(DecisionFixture.SPEC, 2, eu);
    assertThat(decide(seen(none, without, NOW))).isEqualTo(new Applied(false));
  }

  /** The gate opens for it all the same. */
  @Test
  void theRevisionStaysAppliedMeanwhileAndAfterAFailure() {
    var eu = applied(EU, 1, DatabaseMigrationStatus.EMPTY);
    var failed = after(US, 2, eu, ended(20, "ChecksumMismatch", "edited"));

    assertThat(failed.appliedRevisions()).isEqualTo(eu.appliedRevisions());
    assertThat(decide(seen(desired(US, 2, false, null), failed, NOW)))
        .isEqualTo(new Stall("ChecksumMismatch", "edited"));
    assertThat(decide(seen(desired(EU, 3, false, null), failed, NOW)))
        .as("back to what was applied last")
        .isEqualTo(new Applied(false));
  }

  /** The older revision's entry has other parameters, and the database has the new ones. */
  @Test
  void anEarlierRevisionWithTheSameParametersIsNotRunAgain() {
    var eu = applied(EU, 1, DatabaseMigrationStatus.EMPTY);
    var newer =
        DecisionFixture.read(
            "revision: '2'\nchangelog: {path: root.yaml, parameters: {region: us}}");
    var both = applied(newer, 2, eu);

    assertThat(decide(seen(desired(US, 3, false, null), both, NOW))).isEqualTo(new Applied(false));
    assertThat(decide(seen(desired(EU, 3, false, null), both, NOW))).isInstanceOf(Start.class);
  }

  private static DatabaseMigrationStatus applied(
      DatabaseMigrationSpec spec, long number, DatabaseMigrationStatus before) {
    return after(spec, number, before, ended(0));
  }

  /** The status after a run of that number, for the generation of the same number. */
  private static DatabaseMigrationStatus after(
      DatabaseMigrationSpec spec, long number, DatabaseMigrationStatus before, Phase end) {
    var desired = desired(spec, number, false, null);
    var start = CurrentStatus.of(seen(desired, before, NOW));
    var started =
        NextStatus.of(
                start,
                Decider.decide(start),
                new ActionResult.Started("shop-" + number, "job-uid-" + number))
            .status();
    return settle(seen(desired, started, NOW, run(spec, number, end)));
  }

  private static ObservedRun run(DatabaseMigrationSpec spec, long number, Phase end) {
    return new ObservedRun(
        "shop-" + number,
        "job-uid-" + number,
        "uid-1",
        number,
        number,
        1,
        Input.of(spec).orElseThrow(),
        null,
        null,
        List.of(),
        NOW.minusSeconds(60),
        false,
        true,
        false,
        true,
        end);
  }
}
