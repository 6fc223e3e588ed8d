package dev.sluice.operator.decision;

import static dev.sluice.operator.decision.DecisionFixture.DIGEST;
import static dev.sluice.operator.decision.DecisionFixture.NOW;
import static dev.sluice.operator.decision.DecisionFixture.desired;
import static dev.sluice.operator.decision.DecisionFixture.planned;
import static dev.sluice.operator.decision.DecisionFixture.run;
import static dev.sluice.operator.decision.DecisionFixture.seen;
import static dev.sluice.operator.decision.DecisionFixture.settle;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Condition;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.Outcome;
import dev.sluice.operator.decision.Decision.Ask;
import dev.sluice.operator.decision.Decision.Pause;
import dev.sluice.operator.decision.Decision.Start;
import dev.sluice.operator.observation.DesiredMigration;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ApprovalTest {
  private static final Instant DAYS_LATER = NOW.plus(Duration.ofDays(3));
  private static final String OTHER = "6".repeat(64);

  private static DesiredMigration approving(@Nullable String digest) {
    return desired(DecisionFixture.manual(), 1, false, null, digest);
  }

  private static DatabaseMigrationStatus waiting() {
    return settle(
        seen(approving(null), DecisionFixture.started(), NOW, run(1, 1, planned(DIGEST), true)));
  }

  private static DatabaseMigrationStatus.Plan plan(DatabaseMigrationStatus status) {
    return Objects.requireNonNull(status.plan());
  }

  @Test
  void aPlanIsNoFailure() {
    var status = waiting();

    assertThat(plan(status))
        .hasToString("Plan[digest=" + DIGEST + ", changeSets=3, approvedAt=null]");
    assertThat(Objects.requireNonNull(status.lastRun()).outcome()).isEqualTo(Outcome.Planned);
    assertThat(status.attempt()).isZero();
    assertThat(status.pending()).isEqualTo(3);
  }

  @Test
  void theMessageSaysWhatToType() {
    var ready = Condition.find(waiting().conditions(), "Ready").orElseThrow();

    assertThat(ready.message())
        .isEqualTo(
            "3 changesets wait for approval: read the plan with kubectl -n team logs job/shop-1,"
                + " then kubectl -n team annotate --overwrite dbm shop sluice.dev/approve="
                + DIGEST);
  }

  @Test
  void itIsWaitedForDaysAndThenTheDeadlineCountsAnew() {
    assertThat(Decider.decide(CurrentStatus.of(seen(approving(null), waiting(), DAYS_LATER))))
        .isInstanceOf(Ask.class);
    var seen = seen(approving(DIGEST), waiting(), DAYS_LATER);

    assertThat(Decider.decide(CurrentStatus.of(seen)))
        .isInstanceOfSatisfying(
            Start.class, start -> assertThat(start.run().left()).isEqualTo(Duration.ofMinutes(30)));
    assertThat(plan(settle(seen)).approvedAt()).isEqualTo(DAYS_LATER);
  }

  @Test
  void anotherDigestIsNamedAsSuch() {
    var seen = seen(approving(OTHER), waiting(), NOW);

    assertThat(Decider.decide(CurrentStatus.of(seen)))
        .isInstanceOfSatisfying(
            Ask.class,
            ask ->
                assertThat(ask.request().message())
                    .endsWith(" (the annotation names another plan)"));
  }

  @Test
  void whatChangedMeanwhileIsAskedForAgain() {
    var approved = settle(seen(approving(DIGEST), waiting(), NOW));
    var seen = seen(approving(DIGEST), approved, NOW, run(2, 1, planned(OTHER), true));

    assertThat(Decider.decide(CurrentStatus.of(seen))).isInstanceOf(Ask.class);
    assertThat(plan(settle(seen)).digest()).isEqualTo(OTHER);
    assertThat(plan(settle(seen)).approvedAt()).isNull();
  }

  /** An image that doesn't know its own plan again ends at the deadline, not in a storm of Jobs. */
  @Test
  void thePlanThatWasApprovedAndComesAgainIsNotRunAtOnce() {
    var approved = settle(seen(approving(DIGEST), waiting(), NOW));
    var seen = seen(approving(DIGEST), approved, NOW, run(2, 1, planned(DIGEST), true));

    assertThat(Decider.decide(CurrentStatus.of(seen))).isInstanceOf(Pause.class);
    assertThat(settle(seen).startedAt()).isEqualTo(NOW);
  }

  @Test
  void aWithdrawnWordHoldsWhatHasNotStarted() {
    var approved = settle(seen(approving(DIGEST), waiting(), NOW));

    assertThat(Decider.decide(CurrentStatus.of(seen(approving(null), approved, NOW))))
        .isInstanceOf(Ask.class);
  }

  @Test
  void aNewSpecAndARetryAskForANewPlan() {
    var again = desired(DecisionFixture.manual(), 2, false, null, null);
    var retried = desired(DecisionFixture.manual(), 1, false, "again", null);

    assertThat(Decider.decide(CurrentStatus.of(seen(again, waiting(), NOW))))
        .isInstanceOf(Start.class);
    assertThat(Decider.decide(CurrentStatus.of(seen(retried, waiting(), NOW))))
        .isInstanceOf(Start.class);
  }
}
