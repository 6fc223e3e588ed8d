package dev.sluice.operator.decision;

import static dev.sluice.operator.decision.DecisionFixture.NOW;
import static dev.sluice.operator.decision.DecisionFixture.SPEC;
import static dev.sluice.operator.decision.DecisionFixture.decide;
import static dev.sluice.operator.decision.DecisionFixture.desired;
import static dev.sluice.operator.decision.DecisionFixture.end;
import static dev.sluice.operator.decision.DecisionFixture.run;
import static dev.sluice.operator.decision.DecisionFixture.seen;
import static dev.sluice.operator.decision.DecisionFixture.settle;
import static dev.sluice.operator.decision.DecisionFixture.started;
import static dev.sluice.operator.decision.DecisionFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.DatabaseMigrationSpec;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.DatabaseMigrationStatus.Plan;
import dev.sluice.api.LastRun.Failure;
import dev.sluice.api.Outcome;
import dev.sluice.api.Reasons;
import dev.sluice.api.RehearsalReport;
import dev.sluice.api.RehearsalReport.Result;
import dev.sluice.operator.observation.Observation;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase;
import dev.sluice.operator.observation.TerminationReport;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of what a run reports of its rehearsal. */
final class RehearsalTest {
  private static final RehearsalReport PASSED = report(Result.Passed, null);

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 11, 20, 30, 137})
  void itIsInTheStatusHoweverTheRunEnded(int exit) {
    assertThat(rehearsal(settle(ended(SPEC, exit, PASSED, null)))).isEqualTo(PASSED);
  }

  @Test
  void aPlanHasItToo() {
    var plan = new Plan(DecisionFixture.DIGEST, 3, null);
    var failure = new Failure(Reasons.APPROVAL_REQUIRED, null, null, null, "it waits", null);
    var report =
        new TerminationReport(
            0, List.of(), 12, 3, 0, List.of(), List.of(), null, null, PASSED, plan, failure);
    var planned = settle(seen(desired(DecisionFixture.manual()), started(), NOW, over(30, report)));

    assertThat(Objects.requireNonNull(planned.lastRun()).outcome()).isEqualTo(Outcome.Planned);
    assertThat(rehearsal(planned)).isEqualTo(PASSED);
  }

  @Test
  void anotherToolRehearsesNothing() {
    var tool =
        new KubernetesSerialization()
            .unmarshal(
                """
                image: registry.example/shop-flyway:1.42.0
                command: [flyway]
                database: {host: db.example, name: shop, credentials: {secret: {name: shop-db}}}
                """,
                DatabaseMigrationSpec.class);
    var seen = ended(tool, 0, report(Result.Skipped, "no"), null);

    assertThat(rehearsal(settle(seen))).isNull();
    assertThat(notes(seen)).isEmpty();
  }

  @Test
  void oneThatPassedIsNoEvent() {
    assertThat(notes(ended(SPEC, 0, PASSED, null))).isEmpty();
  }

  @Test
  void whatWasNotRehearsedIsAWarning() {
    var partial =
        new RehearsalReport(
            Result.Partial,
            1.2,
            "17.11",
            List.of(),
            List.of("0003_x: COPY PROGRAM reaches outside", "0004_y: a subscription"),
            "2 statements reach outside");

    assertThat(notes(ended(SPEC, 0, partial, null)))
        .containsExactly(
            "not everything was rehearsed: 2 statements reach outside; left out: 0003_x: COPY"
                + " PROGRAM reaches outside; 0004_y: a subscription");
    assertThat(notes(ended(SPEC, 0, report(Result.Skipped, "the target has postgis"), null)))
        .containsExactly("nothing was rehearsed: the target has postgis");
    assertThat(notes(ended(SPEC, 0, report(Result.Skipped, null), null)))
        .containsExactly("nothing was rehearsed");
  }

  /** Also where it failed on the database itself, afterwards. */
  @ParameterizedTest
  @ValueSource(ints = {0, 20})
  void aRunThatWentOnAfterAFailureIsAWarning(int exit) {
    var reason = exit == 0 ? null : "ChangeSetFailed";

    assertThat(notes(ended(SPEC, exit, report(Result.Failed, "0003_x: no such table"), reason)))
        .containsExactly("the rehearsal failed, and the run went on: 0003_x: no such table");
  }

  @ParameterizedTest
  @EnumSource(Result.class)
  void aRunThatIsRefusedForItSaysSoOnce(Result result) {
    var seen = ended(SPEC, 30, report(result, "why"), Reasons.REHEARSAL_FAILED);

    assertThat(notices(seen))
        .extracting(Notice::reason)
        .containsExactly(Reasons.RUN_FAILED, Reasons.REHEARSAL_FAILED);
    assertThat(decide(seen))
        .isInstanceOfSatisfying(
            Decision.Stall.class,
            stall -> assertThat(stall.reason()).isEqualTo(Reasons.REHEARSAL_FAILED));
  }

  @Test
  void theWarningComesOnce() {
    var first = ended(SPEC, 0, report(Result.Skipped, "why"), null);
    var again = seen(first.desired(), settle(first), NOW.plusSeconds(60), first.runs().getFirst());

    assertThat(notes(first)).hasSize(1);
    assertThat(notices(again)).isEmpty();
  }

  @Test
  void anotherModeStartsARunAfterARefusalAndNoneOnceApplied() {
    var refused = settle(ended(SPEC, 30, report(Result.Failed, null), Reasons.REHEARSAL_FAILED));
    var applied = settle(ended(SPEC, 0, PASSED, null));
    var changed = desired(with("rehearsal: {mode: Warn}"), 2, false, null);

    assertThat(decide(seen(desired(SPEC), refused, NOW))).isInstanceOf(Decision.Stall.class);
    assertThat(decide(seen(changed, refused, NOW))).isInstanceOf(Decision.Start.class);
    assertThat(decide(seen(changed, applied, NOW))).isEqualTo(new Decision.Applied(false));
  }

  @Test
  void aWarningIsBounded() {
    var skipped = List.of("x".repeat(300), "y".repeat(300), "z".repeat(300));
    var report =
        new RehearsalReport(Result.Partial, null, null, List.of(), skipped, "w".repeat(500));

    assertThat(notes(ended(SPEC, 0, report, null)))
        .singleElement()
        .asString()
        .hasSizeLessThanOrEqualTo(1024);
  }

  private static RehearsalReport report(Result result, @Nullable String warning) {
    return new RehearsalReport(result, 1.2, "17.11", List.of(), List.of(), warning);
  }

  private static @Nullable RehearsalReport rehearsal(DatabaseMigrationStatus status) {
    return Objects.requireNonNull(status.lastRun()).rehearsal();
  }

  private static Observation ended(
      DatabaseMigrationSpec spec, int exit, RehearsalReport rehearsal, @Nullable String reason) {
    var failure = reason == null ? null : new Failure(reason, null, null, null, "why", null);
    var report =
        new TerminationReport(
            null, List.of(), null, null, null, List.of(), List.of(), null, null, rehearsal, null,
            failure);
    return seen(desired(spec), started(), NOW, over(exit, report));
  }

  private static ObservedRun over(int exit, TerminationReport report) {
    return run(1, 1, new Phase.Ended(end(exit, report)), true);
  }

  private static List<String> notes(Observation seen) {
    return notices(seen).stream()
        .filter(notice -> notice.reason().equals(Reasons.REHEARSAL_WARNING))
        .filter(Notice::warning)
        .map(Notice::note)
        .toList();
  }

  private static List<Notice> notices(Observation seen) {
    var current = CurrentStatus.of(seen);
    var next = NextStatus.of(current, Decider.decide(current), new ActionResult.Done());
    return Transition.between(current, next).stream().map(Transition::notice).toList();
  }
}
