package dev.sluice.operator.decision;

import static dev.sluice.operator.decision.DecisionFixture.DIGEST;
import static dev.sluice.operator.decision.DecisionFixture.NOW;
import static dev.sluice.operator.decision.DecisionFixture.SPEC;
import static dev.sluice.operator.decision.DecisionFixture.after;
import static dev.sluice.operator.decision.DecisionFixture.decide;
import static dev.sluice.operator.decision.DecisionFixture.desired;
import static dev.sluice.operator.decision.DecisionFixture.end;
import static dev.sluice.operator.decision.DecisionFixture.ended;
import static dev.sluice.operator.decision.DecisionFixture.planned;
import static dev.sluice.operator.decision.DecisionFixture.run;
import static dev.sluice.operator.decision.DecisionFixture.seen;
import static dev.sluice.operator.decision.DecisionFixture.settle;
import static dev.sluice.operator.decision.DecisionFixture.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.api.DatabaseMigrationSpec;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.DatabaseMigrationStatus.PastRun;
import dev.sluice.api.LastRun.Failure;
import dev.sluice.api.Outcome;
import dev.sluice.api.Reasons;
import dev.sluice.operator.decision.Decision.Applied;
import dev.sluice.operator.decision.Decision.Ask;
import dev.sluice.operator.decision.Decision.Await;
import dev.sluice.operator.decision.Decision.Cancel;
import dev.sluice.operator.decision.Decision.Pause;
import dev.sluice.operator.decision.Decision.Recheck;
import dev.sluice.operator.decision.Decision.Stall;
import dev.sluice.operator.decision.Decision.Start;
import dev.sluice.operator.observation.Adoption;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.Input;
import dev.sluice.operator.observation.Observation;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase;
import dev.sluice.operator.observation.Obstacle;
import dev.sluice.operator.observation.OtherMigration;
import dev.sluice.operator.observation.TerminationReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RechecksTest {
  private static final DesiredMigration ASKED =
      desired(DecisionFixture.with("recheck: {interval: 10m}"));
  private static final DatabaseMigrationStatus READY = after(ended(0));

  /** Ten minutes, and a tenth of them, after the end of the run. */
  private static final Instant DUE = NOW.plusSeconds(660);

  private static final Phase WORKING = new Phase.Working(DUE, ObservedRun.Progress.MIGRATING);

  @Test
  void oneStartsOnceTheIntervalHasPassedSinceTheRun() {
    var finished = NOW.minusSeconds(10);

    assertThat(decide(seen(ASKED, READY, finished.plusSeconds(599))))
        .isInstanceOfSatisfying(
            Applied.class,
            applied ->
                assertThat(applied.recheckAt())
                    .isBetween(finished.plusSeconds(600), finished.plusSeconds(660)));
    assertThat(decide(seen(ASKED, READY, DUE)))
        .isInstanceOfSatisfying(
            Recheck.class,
            recheck -> {
              assertThat(recheck.run().number()).isEqualTo(2);
              assertThat(recheck.run().left()).isEqualTo(Duration.ofMinutes(30));
            });
  }

  @Test
  void withoutAnIntervalThereIsNone() {
    assertThat(decide(seen(desired(SPEC), READY, DUE.plusSeconds(1_000_000))))
        .isEqualTo(new Applied(false));
  }

  @Test
  void twoObjectsStartAtDifferentTimes() {
    var other =
        new DesiredMigration("team", "shop", "uid-2", 1, false, true, null, null, ASKED.reading());

    assertThat(recheckAt(decide(seen(ASKED, READY, NOW))))
        .isNotEqualTo(recheckAt(decide(seen(other, READY, NOW))));
  }

  private static @Nullable Instant recheckAt(Decision decision) {
    return decision instanceof Applied(_, var at) ? at : null;
  }

  @Test
  void suspendedOrWithOtherContentThereIsNone() {
    var suspended = desired(DecisionFixture.with("recheck: {interval: 10m}\nsuspend: true"));
    var other =
        desired(
            DecisionFixture.with(
                spec("a/other:1", "1.42.0", "db.example", false), null, Duration.ofMinutes(10)));

    assertThat(decide(seen(suspended, READY, DUE))).isEqualTo(new Applied(false));
    assertThat(decide(seen(other, READY, DUE))).isEqualTo(new Applied(true));
  }

  /** It is told as Ready first: what is decided then may fail, or hang. */
  @Test
  void anotherVersionOfTheSpecIsToldFirst() {
    var changed = desired(DecisionFixture.with("recheck: {interval: 5m}"), 2, false, null);

    assertThat(decide(seen(changed, READY, DUE))).isInstanceOf(Applied.class);
    var told = settle(seen(changed, READY, DUE));
    assertThat(decide(seen(changed, told, DUE))).isInstanceOf(Recheck.class);
  }

  @Test
  void anotherToolWaitsForItsTurn() {
    var tool = DecisionFixture.read("command: [flyway]\nargs: [migrate]\nrecheck: {interval: 10m}");
    var ready = readyOf(tool);
    var busy = new OtherMigration("other", true, false, 1, tool, DecisionFixture.started());
    var seen = new Observation(desired(tool), ready, List.of(), List.of(busy), List.of(), DUE);

    assertThat(decide(seen)).isInstanceOf(Applied.class);
    assertThat(decide(seen(desired(tool), ready, DUE))).isInstanceOf(Recheck.class);
  }

  private static DatabaseMigrationStatus readyOf(DatabaseMigrationSpec spec) {
    var desired = desired(spec);
    var start = CurrentStatus.of(seen(desired, DatabaseMigrationStatus.EMPTY, NOW));
    var started =
        NextStatus.of(start, Decider.decide(start), new ActionResult.Started("shop-1", "job-uid-1"))
            .status();
    return settle(seen(desired, started, NOW, of(spec, 1, ended(0), true)));
  }

  private static ObservedRun of(
      DatabaseMigrationSpec spec, long number, Phase phase, boolean over) {
    var run = run(number, 1, phase, over);
    return new ObservedRun(
        run.job(),
        run.jobUid(),
        run.uid(),
        number,
        1,
        1,
        Input.of(spec).orElseThrow(),
        null,
        null,
        List.of(),
        run.createdAt(),
        false,
        over,
        false,
        true,
        phase);
  }

  @Test
  void nobodyIsToldThatOneStartsOrWorks() {
    var started = started();

    assertThat(started.conditions()).isEqualTo(READY.conditions());
    assertThat(started.run()).isEqualTo(2);
    assertThat(
            transitions(seen(ASKED, READY, DUE), new ActionResult.Started("shop-2", "job-uid-2")))
        .isEmpty();
    for (var phase : List.of(new Phase.Waiting(null), new Phase.Bound(null), WORKING)) {
      var seen = seen(ASKED, started, DUE.plusSeconds(40), run(2, phase));
      assertThat(decide(seen)).isEqualTo(new Applied(false));
      assertThat(settle(seen)).isEqualTo(started);
      assertThat(Housekeeping.of(seen, decide(seen)).release()).as("it is held").isFalse();
    }
  }

  @Test
  void aJobThatIsRefusedDoesNotTakeReadyAway() {
    var due = CurrentStatus.of(seen(ASKED, READY, DUE));
    var refused = new ActionResult.Refused(new Obstacle(Obstacle.Kind.JOB_REJECTED, "quota"));
    var told = NextStatus.of(due, Decider.decide(due), refused).status();

    assertThat(told.conditions()).hasSize(1);
    assertThat(told.conditions().getFirst().status()).isEqualTo("True");
    assertThat(told.conditions().getFirst().message()).endsWith("; quota");
  }

  @Test
  void whatFoundNothingMissingLeavesItsTimeAlone() {
    var seen = over(new Phase.Ended(end(0, report(0))));
    var settled = settle(seen);

    assertThat(settled.lastRecheck()).isEqualTo(DUE.plusSeconds(40));
    assertThat(settled.conditions()).isEqualTo(READY.conditions());
    assertThat(settled.lastRun()).isEqualTo(READY.lastRun());
    assertThat(settled.history()).isEqualTo(READY.history());
    assertThat(settled.appliedRevisions()).isEqualTo(READY.appliedRevisions());
    assertThat(settled.job()).isEqualTo("shop-1");
    assertThat(transitions(seen, new ActionResult.Done())).isEmpty();
    assertThat(recheckAt(decide(seen(ASKED, settled, DUE.plusSeconds(600)))))
        .isBetween(DUE.plusSeconds(640), DUE.plusSeconds(700));
  }

  /** Its log says nothing; the Jobs of runs that applied something stay. */
  @Test
  void theJobOfOneThatFoundNothingMissingGoes() {
    var ended = run(2, 1, new Phase.Ended(end(0, report(0))), true);
    var first = run(1, 1, ended(0), true);
    var settled = settle(seen(ASKED, started(), DUE, ended, first));
    var seen = seen(ASKED, settled, DUE, ended, first);
    var housekeeping = Housekeeping.of(seen, decide(seen));

    assertThat(housekeeping.prune()).containsExactly(ended);
    assertThat(housekeeping.own()).containsExactly(first);
    assertThat(housekeeping.release()).isTrue();
  }

  @Test
  void whatAppliedSomethingIsARunLikeAnyOther() {
    var seen = over(new Phase.Ended(end(0, report(3))));
    var settled = settle(seen);

    assertThat(settled.lastRecheck()).isNull();
    assertThat(settled.history())
        .extracting(PastRun::outcome, PastRun::applied)
        .startsWith(tuple(Outcome.Succeeded, 3));
    assertThat(Objects.requireNonNull(settled.lastRun()).job()).isEqualTo("shop-2");
    assertThat(settled.conditions().getFirst().status()).isEqualTo("True");
    assertThat(notices(seen)).containsExactly(Reasons.RUN_SUCCEEDED, Reasons.APPLIED);
  }

  @Test
  void whatTookOverAHistoryIsARunLikeAnyOther() {
    var adopted =
        new TerminationReport(
            0,
            List.of(),
            12,
            0,
            0,
            List.of(),
            List.of(),
            new Adoption(12, "t"),
            null,
            null,
            null,
            null);

    assertThat(notices(over(new Phase.Ended(end(0, adopted)))))
        .contains(Reasons.ADOPTED, Reasons.RUN_SUCCEEDED);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 11, 137})
  void aFailureThatMayPassIsAWarningAndTheNextOneTriesAgain(int exit) {
    var seen = over(ended(exit, "DatabaseUnreachable", "no route"));
    var settled = settle(seen);

    assertThat(settled.conditions()).isEqualTo(READY.conditions());
    assertThat(settled.lastRun()).isEqualTo(READY.lastRun());
    assertThat(settled.attempt()).isEqualTo(READY.attempt());
    assertThat(settled.lastRecheck()).isEqualTo(DUE.plusSeconds(40));
    assertThat(transitions(seen, new ActionResult.Done()))
        .singleElement()
        .extracting(Transition::notice)
        .isEqualTo(
            new Notice(
                true,
                Reasons.RECHECK_FAILED,
                "the recheck failed with DatabaseUnreachable: no route; Ready stays True, and the"
                    + " next recheck tries again"));
    assertThat(decide(seen(ASKED, settled, DUE.plusSeconds(700)))).isInstanceOf(Recheck.class);
  }

  /** What it found missing is missing still: Ready would be a lie. */
  @ParameterizedTest
  @ValueSource(ints = {10, 11})
  void aFailureThatMayPassIsTriedAgainSoonWhenSomethingIsMissing(int exit) {
    var failure = new Failure("ChangeSetFailed", null, null, null, "lock timeout", null);
    var missing =
        new TerminationReport(
            1, List.of(), 12, 3, 0, List.of(), List.of(), null, null, null, null, failure);
    var seen = over(new Phase.Ended(end(exit, missing)));
    var settled = settle(seen);

    assertThat(decide(seen)).isInstanceOf(Pause.class);
    assertThat(settled.pending()).isEqualTo(3);
    assertThat(settled.attempt()).isEqualTo(exit == 10 ? 1 : 0);
    assertThat(settled.startedAt()).as("run.deadline counts anew").isEqualTo(seen.now());
    assertThat(decide(seen(ASKED, settled, seen.now().plusSeconds(11)))).isInstanceOf(Start.class);
  }

  @Test
  void oneThatVanishedIsAWarningToo() {
    var seen = seen(ASKED, started(), DUE.plusSeconds(40));

    assertThat(settle(seen).conditions()).isEqualTo(READY.conditions());
    assertThat(notices(seen)).containsExactly(Reasons.RECHECK_FAILED);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 30, 40})
  void aFailureForGoodTakesReadyAwayUntilARunHasSucceeded(int exit) {
    var seen = over(ended(exit, "ChecksumMismatch", "edited"));
    var settled = settle(seen);

    assertThat(decide(seen)).isEqualTo(new Stall("ChecksumMismatch", "edited"));
    assertThat(notices(seen)).containsExactly(Reasons.RUN_FAILED, "ChecksumMismatch");
    assertThat(decide(seen(ASKED, settled, DUE.plusSeconds(7200))))
        .as("it isn't tried again")
        .isEqualTo(new Stall("ChecksumMismatch", "edited"));
    var retried = desired(DecisionFixture.with("recheck: {interval: 10m}"), 1, false, "again");
    assertThat(decide(seen(retried, settled, DUE.plusSeconds(7200)))).isInstanceOf(Start.class);
    var mended = desired(DecisionFixture.with("recheck: {interval: 9m}"), 2, false, null);
    assertThat(decide(seen(mended, settled, DUE.plusSeconds(7200))))
        .as("another version of the spec asks the database, too")
        .isInstanceOf(Start.class);
  }

  @Test
  void whatNeedsApprovalWaitsForIt() {
    var manual = desired(DecisionFixture.with("approval: Manual\nrecheck: {interval: 10m}"));
    var seen = seen(manual, started(), DUE, run(2, 1, planned(DIGEST), true));

    assertThat(decide(seen)).isInstanceOf(Ask.class);
    var approved =
        desired(
            DecisionFixture.with("approval: Manual\nrecheck: {interval: 10m}"),
            1,
            false,
            null,
            DIGEST);
    assertThat(decide(seen(approved, settle(seen), DUE.plusSeconds(7200))))
        .isInstanceOf(Start.class);
  }

  @Test
  void aRetryTakesBackOneThatHasNotStartedAndWaitsForOneThatHas() {
    var retried = desired(DecisionFixture.with("recheck: {interval: 10m}"), 1, false, "again");

    assertThat(decide(seen(retried, started(), DUE, run(2, new Phase.Waiting(null)))))
        .isInstanceOfSatisfying(
            Cancel.class,
            cancel -> assertThat(cancel.why()).isEqualTo(new Cancellation.RetryAsked()));
    var working = seen(retried, started(), DUE, run(2, WORKING));
    assertThat(decide(working)).isInstanceOf(Await.class);
    assertThat(settle(working).conditions().getFirst().status())
        .as("whoever waits for Ready now waits for the retry")
        .isEqualTo("False");
    var ended =
        seen(retried, settle(working), DUE, run(2, 1, new Phase.Ended(end(0, report(0))), true));
    assertThat(decide(ended))
        .isInstanceOfSatisfying(
            Start.class, start -> assertThat(start.run().number()).isEqualTo(3));
    assertThat(settle(ended).verifyAfterRun()).isEqualTo(2);
  }

  @Test
  void aNewSpecTakesBackOneThatHasNotStarted() {
    var changed = desired(spec("a/shop:2", null, "db.example", false), 2, false, null);

    assertThat(decide(seen(changed, started(), DUE, run(2, new Phase.Waiting(null)))))
        .isInstanceOfSatisfying(
            Cancel.class,
            cancel -> assertThat(cancel.why()).isEqualTo(new Cancellation.SpecChanged()));
  }

  /** Nothing has to be run for it. */
  @Test
  void aNewSpecOfWhichAllIsAppliedStaysReady() {
    var longer = desired(DecisionFixture.with("recheck: {interval: 20m}"), 2, false, null);

    assertThat(decide(seen(longer, started(), DUE, run(2, WORKING)))).isEqualTo(new Applied(false));
  }

  /** The operator died before it stored that it had started one. */
  @Test
  void oneThatIsFoundIsNotToldEither() {
    var seen = seen(ASKED, READY, DUE, run(2, WORKING));

    assertThat(decide(seen)).isEqualTo(new Applied(false));
    assertThat(settle(seen).run()).isEqualTo(2);
    assertThat(transitions(seen, new ActionResult.Done())).isEmpty();
    var ended = seen(ASKED, READY, DUE, run(2, 1, new Phase.Ended(end(0, report(0))), true));
    assertThat(settle(ended).lastRecheck()).isEqualTo(DUE);
    assertThat(transitions(ended, new ActionResult.Done())).isEmpty();
  }

  /** The status after one was started. */
  private static DatabaseMigrationStatus started() {
    var due = CurrentStatus.of(seen(ASKED, READY, DUE));
    return NextStatus.of(due, Decider.decide(due), new ActionResult.Started("shop-2", "job-uid-2"))
        .status();
  }

  private static Observation over(Phase ended) {
    return seen(ASKED, started(), DUE.plusSeconds(40), run(2, 1, ended, true));
  }

  private static TerminationReport report(int applied) {
    return new TerminationReport(
        applied, List.of(), 12, 0, 0, List.of(), List.of(), null, null, null, null, null);
  }

  private static List<String> notices(Observation seen) {
    return transitions(seen, new ActionResult.Done()).stream()
        .map(transition -> transition.notice().reason())
        .toList();
  }

  private static List<Transition> transitions(Observation seen, ActionResult result) {
    var current = CurrentStatus.of(seen);
    return Transition.between(current, NextStatus.of(current, Decider.decide(current), result));
  }
}
