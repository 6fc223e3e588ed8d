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
import dev.sluice.api.DatabaseMigrationStatus.AppliedRevision;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.Input;
import dev.sluice.operator.observation.Observation;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase;
import dev.sluice.operator.observation.TerminationReport;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a status lists as applied, and on whose word. */
final class AppliedEntriesTest {
  private static ObservedRun succeeded(int number, Input input) {
    return new ObservedRun(
        "shop-" + number,
        "job-uid-" + number,
        "uid-1",
        number,
        number,
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

  @Test
  void listsAreBounded() {
    var status = after(ended(0));
    for (var n = 2; n < 80; n++) {
      var spec = DecisionFixture.spec("a/shop:" + n, null, "db.example", false);
      var input = Input.of(spec).orElseThrow();
      var run = succeeded(n, input);
      status = DecisionFixture.settle(seen(desired(spec, n, false, null), status, NOW, run));
    }

    assertThat(status.appliedRevisions()).hasSize(50);
    assertThat(status.appliedRevisions().getFirst().revision()).isEqualTo("79");
    assertThat(status.history()).hasSize(10);
  }

  private static ObservedRun asked(
      ObservedRun r, List<String> required, @Nullable String approved) {
    return new ObservedRun(
        r.job(),
        r.jobUid(),
        r.uid(),
        r.number(),
        r.generation(),
        r.attempt(),
        r.input(),
        r.retry(),
        approved,
        required,
        r.createdAt(),
        r.owned(),
        r.over(),
        r.leaving(),
        r.proven(),
        r.phase());
  }

  private static Phase answering(int applied, List<String> revisions, Boolean... answers) {
    return new Phase.Ended(
        DecisionFixture.end(
            0,
            new TerminationReport(
                applied,
                List.of(),
                9,
                0,
                0,
                revisions,
                List.of(answers),
                null,
                null,
                null,
                null,
                null)));
  }

  @Test
  void whatTheDatabaseDoesNotHaveLeavesAndWhatItHasComes() {
    var first = after(ended(0));
    assertThat(first.appliedRevisions()).hasSize(1);
    var changed =
        desired(DecisionFixture.spec("a/shop:2", null, "db.example", false), 2, false, null);
    var input = ((DesiredMigration.SpecReading.Understood) changed.reading()).input();
    var started =
        NextStatus.of(
                CurrentStatus.of(seen(changed, first, NOW)),
                DecisionFixture.decide(seen(changed, first, NOW)),
                new ActionResult.Started("shop-2", "job-uid-2"))
            .status();
    var phase = answering(2, List.of("2"), false, true);
    var run = run(2, 2, phase, true);
    var other =
        new ObservedRun(
            run.job(),
            run.jobUid(),
            run.uid(),
            2,
            2,
            1,
            input,
            null,
            null,
            List.of("1.42.0", "1.1"),
            NOW,
            false,
            true,
            false,
            true,
            phase);

    assertThat(CurrentStatus.of(seen(changed, started, NOW, other)).status().appliedRevisions())
        .extracting(AppliedRevision::revision)
        .containsExactly("2", "1.1");
  }

  @Test
  void aListWithoutWhatWasAskedForIsNotBelieved() {
    var status = after(answering(1, List.of("9.9.9")));

    assertThat(status.appliedRevisions())
        .extracting(AppliedRevision::revision)
        .containsExactly("1.42.0");
  }

  @Test
  void whatPodsRequireStaysAmongManyRevisions() {
    var status = after(ended(0));
    for (var n = 2; n < 80; n++) {
      var spec = DecisionFixture.spec("a/shop:" + n, null, "db.example", false);
      var desired = desired(spec, n, false, null);
      var input = ((DesiredMigration.SpecReading.Understood) desired.reading()).input();
      var run = succeeded(n, input);
      status =
          DecisionFixture.settle(
              new Observation(
                  desired, status, List.of(run), List.of(), List.of("1.42.0", "7"), NOW));
    }

    assertThat(status.appliedRevisions())
        .hasSize(50)
        .extracting(AppliedRevision::revision)
        .startsWith("79", "78")
        .endsWith("7", "1.42.0")
        .doesNotContain("8");
  }

  @Test
  void nobodyIsReadyWithoutTheApprovalOfWhatWasApplied() {
    var manual = desired(DecisionFixture.manual());
    var applied = run(1, 1, answering(3, List.of("1.42.0")), true);

    var refused = DecisionFixture.decide(seen(manual, DecisionFixture.started(), NOW, applied));
    assertThat(refused)
        .isInstanceOfSatisfying(
            Decision.Stall.class, stall -> assertThat(stall.reason()).isEqualTo("NotApproved"));
    var approved = asked(applied, List.of(), DecisionFixture.DIGEST);
    assertThat(DecisionFixture.decide(seen(manual, DecisionFixture.started(), NOW, approved)))
        .isInstanceOf(Decision.Applied.class);
    var nothing = run(1, 1, answering(0, List.of("1.42.0")), true);
    assertThat(DecisionFixture.decide(seen(manual, DecisionFixture.started(), NOW, nothing)))
        .isInstanceOf(Decision.Applied.class);
  }

  @Test
  void noSuccessIsBelievedOfAJobThatIsNotTheOperators() {
    var fresh = seen(desired(SPEC), DatabaseMigrationStatus.EMPTY, NOW, unproven(false));
    assertThat(DecisionFixture.decide(fresh))
        .isInstanceOfSatisfying(
            Decision.Await.class,
            await -> assertThat(await.why().reason()).isEqualTo("JobNameTaken"));

    var status =
        CurrentStatus.of(seen(desired(SPEC), DatabaseMigrationStatus.EMPTY, NOW, unproven(true)))
            .status();
    assertThat(status.appliedRevisions()).isEmpty();
    assertThat(status.lastRun()).isNull();
    assertThat(status.started()).isNull();
    assertThat(status.run()).as("its number is taken").isEqualTo(1);
  }

  private static ObservedRun unproven(boolean over) {
    var r = run(1, 1, ended(0), over);
    return new ObservedRun(
        r.job(),
        r.jobUid(),
        r.uid(),
        r.number(),
        r.generation(),
        r.attempt(),
        r.input(),
        r.retry(),
        r.approved(),
        r.required(),
        r.createdAt(),
        r.owned(),
        r.over(),
        r.leaving(),
        false,
        r.phase());
  }
}
