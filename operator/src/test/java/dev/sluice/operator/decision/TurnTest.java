package dev.sluice.operator.decision;

import static dev.sluice.operator.decision.DecisionFixture.NOW;
import static dev.sluice.operator.decision.DecisionFixture.desired;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.DatabaseMigrationSpec;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.operator.decision.Decision.Pause;
import dev.sluice.operator.decision.Decision.Stall;
import dev.sluice.operator.decision.Decision.Start;
import dev.sluice.operator.observation.Observation;
import dev.sluice.operator.observation.OtherMigration;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Migrations of one database, of which one is another tool's. */
final class TurnTest {
  private static final DatabaseMigrationSpec OURS = DecisionFixture.SPEC;
  private static final DatabaseMigrationSpec TOOL = spec("");
  private static final DatabaseMigrationStatus FRESH = DatabaseMigrationStatus.EMPTY;

  @Test
  void whileTheRunOfAnotherIsInFlightNoneStarts() {
    var waits = decide(TOOL, neighbour(false, TOOL, DecisionFixture.started()));

    assertThat(waits)
        .isInstanceOfSatisfying(
            Pause.class,
            pause -> {
              assertThat(pause.reason()).isEqualTo("WaitingForTurn");
              assertThat(pause.message()).contains("DatabaseMigration other");
              assertThat(pause.until()).isAfter(NOW);
            });
    assertThat(decide(OURS, neighbour(false, TOOL, DecisionFixture.started())))
        .isInstanceOf(Pause.class);
    assertThat(decide(TOOL, neighbour(false, OURS, DecisionFixture.started())))
        .isInstanceOf(Pause.class);
  }

  @Test
  void ourOwnRunnersHaveTheLockBetweenThem() {
    assertThat(decide(OURS, neighbour(true, OURS, DecisionFixture.started())))
        .isInstanceOf(Start.class);
  }

  @Test
  void onceItHasEndedTheNextStarts() {
    assertThat(decide(TOOL, neighbour(true, TOOL, DecisionFixture.after(DecisionFixture.ended(0)))))
        .isInstanceOf(Start.class);
  }

  @Test
  void ofTwoThatAreNewTheOlderGoesFirst() {
    assertThat(decide(TOOL, neighbour(true, TOOL, FRESH))).isInstanceOf(Pause.class);
    assertThat(decide(TOOL, neighbour(false, TOOL, FRESH))).isInstanceOf(Start.class);
  }

  @Test
  void ofTwoThatWaitTheOlderGoesFirst() {
    var waiting = waiting();

    assertThat(decide(TOOL, neighbour(true, TOOL, waiting))).isInstanceOf(Pause.class);
    assertThat(decide(TOOL, neighbour(false, TOOL, waiting))).isInstanceOf(Start.class);
  }

  @Test
  void oneThatIsSuspendedOrGoesIsNotWaitedFor() {
    var suspended = spec("suspend: true");

    assertThat(decide(TOOL, neighbour(true, suspended, FRESH))).isInstanceOf(Start.class);
    assertThat(decide(TOOL, new OtherMigration("other", true, true, 1, TOOL, FRESH)))
        .isInstanceOf(Start.class);
  }

  @Test
  void theDeadlineNamesWhoWasWaitedFor() {
    var desired = desired(TOOL);
    var ahead = List.of(neighbour(true, TOOL, DecisionFixture.started()));
    var told =
        DecisionFixture.settle(
            new Observation(
                desired, DatabaseMigrationStatus.EMPTY, List.of(), ahead, List.of(), NOW));
    var late =
        new Observation(desired, told, List.of(), ahead, List.of(), NOW.plus(Duration.ofHours(1)));

    assertThat(Decider.decide(CurrentStatus.of(late)))
        .isInstanceOfSatisfying(
            Stall.class,
            stall -> {
              assertThat(stall.reason()).isEqualTo("DeadlineExceeded");
              assertThat(stall.message()).contains("WaitingForTurn", "DatabaseMigration other");
            });
  }

  private static DatabaseMigrationStatus waiting() {
    var ahead = List.of(neighbour(true, TOOL, DecisionFixture.started()));
    return DecisionFixture.settle(
        new Observation(
            desired(TOOL), DatabaseMigrationStatus.EMPTY, List.of(), ahead, List.of(), NOW));
  }

  private static Decision decide(DatabaseMigrationSpec spec, OtherMigration... neighbours) {
    return Decider.decide(
        CurrentStatus.of(
            new Observation(
                desired(spec),
                DatabaseMigrationStatus.EMPTY,
                List.of(),
                Arrays.asList(neighbours),
                List.of(),
                NOW)));
  }

  private static OtherMigration neighbour(
      boolean earlier, DatabaseMigrationSpec spec, DatabaseMigrationStatus status) {
    return new OtherMigration("other", earlier, false, 1, spec, status);
  }

  private static DatabaseMigrationSpec spec(String more) {
    return new KubernetesSerialization()
        .unmarshal(
            """
            image: registry.example/shop-flyway:1.42.0
            args: [migrate]
            database: {host: db.example, name: shop, credentials: {secret: {name: shop-db}}}
            """
                + more,
            DatabaseMigrationSpec.class);
  }
}
