package dev.sluice.operator.decision;

import static dev.sluice.operator.decision.DecisionFixture.NOW;
import static dev.sluice.operator.decision.DecisionFixture.decide;
import static dev.sluice.operator.decision.DecisionFixture.desired;
import static dev.sluice.operator.decision.DecisionFixture.end;
import static dev.sluice.operator.decision.DecisionFixture.ended;
import static dev.sluice.operator.decision.DecisionFixture.seen;
import static dev.sluice.operator.decision.DecisionFixture.settle;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Condition;
import dev.sluice.api.ConditionTypes;
import dev.sluice.api.DatabaseMigrationSpec;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.DesiredMigration.SpecReading.Understood;
import dev.sluice.operator.observation.Input;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase;
import dev.sluice.operator.observation.TerminationReport;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** After a roll-back the database is ahead of the revision that is asked for. */
final class DatabaseAheadTest {
  private static final String REFUSE = "policy: {databaseAhead: Refuse}";

  private static DatabaseMigrationSpec revision(String revision, String more) {
    return DecisionFixture.with("revision: '" + revision + "'\n" + more);
  }

  private static Input input(DesiredMigration desired) {
    return ((Understood) desired.reading()).input();
  }

  /** Decides, starts what is to be started, and enters that it ended so. */
  private static DatabaseMigrationStatus ran(
      DesiredMigration desired, DatabaseMigrationStatus status, Phase phase) {
    var current = CurrentStatus.of(seen(desired, status, NOW));
    var decision = Decider.decide(current);
    var number = ((Decision.Start) decision).run().number();
    var started =
        NextStatus.of(
                current, decision, new ActionResult.Started("shop-" + number, "job-uid-" + number))
            .status();
    return settle(seen(desired, started, NOW, run(number, desired, phase)));
  }

  private static ObservedRun run(long number, DesiredMigration desired, Phase phase) {
    return new ObservedRun(
        "shop-" + number,
        "job-uid-" + number,
        "uid-1",
        number,
        desired.generation(),
        1,
        input(desired),
        null,
        null,
        List.of(),
        NOW,
        false,
        phase instanceof Phase.Ended,
        false,
        true,
        phase);
  }

  private static Phase counting(int ahead) {
    return new Phase.Ended(
        end(
            0,
            new TerminationReport(
                0, List.of(), 3, 0, 0, ahead, List.of(), List.of(), null, null, null, null, null)));
  }

  private static DatabaseMigrationStatus appliedTwo() {
    var one = ran(desired(revision("1", "")), DatabaseMigrationStatus.EMPTY, ended(0));
    return ran(desired(revision("2", ""), 2, false, null), one, ended(0));
  }

  private static String message(DatabaseMigrationStatus status) {
    return Condition.find(status.conditions(), ConditionTypes.READY).orElseThrow().message();
  }

  @Test
  void theMessageSaysSoWithoutARun() {
    var back = desired(revision("1", ""), 3, false, null);
    var status = settle(seen(back, appliedTwo(), NOW));

    assertThat(message(status))
        .isEqualTo(
            "the database has revision 1; the database is ahead: revision 2 was applied after this"
                + " one");
    assertThat(status.revision()).isEqualTo("1");
    assertThat(status.appliedRevision()).isEqualTo("2");
  }

  @Test
  void theMessageSaysSoAfterARunThatCounted() {
    var status = ran(desired(revision("1", "")), DatabaseMigrationStatus.EMPTY, counting(2));

    assertThat(message(status))
        .contains("the database is ahead: it has 2 migrations that this revision doesn't have");
  }

  @Test
  void theNextRevisionIsNoLongerAhead() {
    var old = ran(desired(revision("1", "")), DatabaseMigrationStatus.EMPTY, counting(2));
    var status = ran(desired(revision("2", ""), 2, false, null), old, ended(0));

    assertThat(status.ahead()).isNull();
    assertThat(message(status)).doesNotContain("ahead");
  }

  @Test
  void wherePolicySaysSoARunLooksFirst() {
    var back = desired(revision("1", REFUSE), 3, false, null);
    var before = appliedTwo();

    assertThat(decide(seen(back, before, NOW))).isInstanceOf(Decision.Start.class);
    assertThat(settle(seen(back, before, NOW)).verifyAfterRun()).isEqualTo(2);
    var refused = ran(back, before, ended(30, "DatabaseAhead", "0002_x is applied, but …"));
    assertThat(decide(seen(back, refused, NOW)))
        .isInstanceOfSatisfying(
            Decision.Stall.class, stall -> assertThat(stall.reason()).isEqualTo("DatabaseAhead"));
  }

  @Test
  void whoFindsNothingAheadIsReady() {
    var back = desired(revision("1", REFUSE), 3, false, null);
    var status = ran(back, appliedTwo(), ended(0));

    assertThat(decide(seen(back, status, NOW))).isInstanceOf(Decision.Applied.class);
    assertThat(message(status)).doesNotContain("ahead");
  }

  @Test
  void thePolicyAloneMakesOneLookThatIsReadyAlready() {
    var counted = ran(desired(revision("1", "")), DatabaseMigrationStatus.EMPTY, counting(1));
    var stricter = desired(revision("1", REFUSE), 2, false, null);

    assertThat(decide(seen(stricter, counted, NOW))).isInstanceOf(Decision.Start.class);
  }

  @Test
  void allowingItAgainTakesOneRun() {
    var back = desired(revision("1", REFUSE), 3, false, null);
    var refused = ran(back, appliedTwo(), ended(30, "DatabaseAhead", "0002_x is applied"));
    var allowed = ran(desired(revision("1", ""), 4, false, null), refused, counting(1));

    assertThat(message(allowed)).contains("the database is ahead: it has 1 migration ");
    assertThat(Objects.requireNonNull(allowed.lastRun()).failure()).isNull();
  }

  @Test
  void withoutARollBackNothingLooks() {
    var status = appliedTwo();
    var stricter = desired(revision("2", REFUSE), 3, false, null);

    assertThat(decide(seen(stricter, status, NOW))).isInstanceOf(Decision.Applied.class);
  }
}
