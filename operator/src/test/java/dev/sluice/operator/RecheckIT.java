package dev.sluice.operator;

import static dev.sluice.operator.TestNamespace.manifest;
import static dev.sluice.operator.TestNamespace.trueConditions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.DatabaseMigrationStatus.PastRun;
import dev.sluice.api.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Runs that only look, by a clock that is moved; each test has a migration of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RecheckIT {
  private static final String NOTHING = "{\"applied\":0,\"total\":5,\"pending\":0}";

  /** When runs end here. */
  private static final Instant ENDED = Instant.parse("2026-01-01T00:00:12Z");

  private final AtomicReference<Duration> ahead =
      new AtomicReference<>(Duration.between(Instant.now(), ENDED));
  private final InstantSource clock = () -> Instant.now().plus(ahead.get());
  private final TestNamespace stage = new TestNamespace();
  private final SluiceOperator operator = stage.operator(false, "operator", stage.namespace, clock);

  @BeforeAll
  void ready() {
    assertThat(operator.port()).isPositive();
  }

  @AfterAll
  void stop() {
    operator.close();
    stage.close();
  }

  @Test
  void oneThatFindsNothingMissingIsNotTold() {
    var applied = applied("intact", "1h");

    var look = recheck("intact", 2);
    assertThat(isAsBefore("intact", applied)).isTrue();
    look.works();
    TestNamespace.stays(Duration.ofSeconds(3), () -> isAsBefore("intact", applied));
    look.ends(0, NOTHING);
    TestNamespace.await().until(() -> stage.status("intact").lastRecheck() != null);
    TestNamespace.await().until(look::gone);

    var status = stage.status("intact");
    assertThat(status.conditions()).isEqualTo(applied.conditions());
    assertThat(status.lastRun()).isEqualTo(applied.lastRun());
    assertThat(status.history()).isEqualTo(applied.history());
    assertThat(status.job()).isEqualTo(applied.job());
    stage.quiet("intact");
    assertThat(stage.events("intact")).containsOnlyOnce("RunStarted", "RunSucceeded", "Applied");
    assertThat(stage.run("intact", 1).gone()).isFalse();
  }

  @Test
  void oneThatAppliesSomethingIsARunLikeAnyOther() {
    applied("restored", "1h");

    recheck("restored", 2).works().ends(0, "{\"applied\":3,\"total\":5,\"pending\":0}");
    TestNamespace.await().until(() -> stage.status("restored").history().size() == 2);

    var status = stage.stands("restored", "Applied");
    assertThat(status.history().getFirst())
        .extracting(PastRun::outcome, PastRun::applied)
        .containsExactly(Outcome.Succeeded, 3);
    assertThat(status.lastRecheck()).isNull();
    TestNamespace.await()
        .until(() -> stage.events("restored").stream().filter("RunSucceeded"::equals).count() == 2);
  }

  @Test
  void aFailureThatMayPassIsAWarning() {
    var applied = applied("flaky", "1h");

    recheck("flaky", 2)
        .works()
        .ends(11, "{\"failure\":{\"reason\":\"DatabaseUnreachable\",\"message\":\"no route\"}}");
    TestNamespace.await().until(() -> stage.events("flaky").contains("RecheckFailed"));

    assertThat(stage.notes("flaky", "RecheckFailed"))
        .containsExactly(
            "the recheck failed with DatabaseUnreachable: no route; Ready stays True, and the next"
                + " recheck tries again");
    assertThat(isAsBefore("flaky", applied)).isTrue();
    stage.quiet("flaky");
    recheck("flaky", 3).works().ends(0, NOTHING);
    TestNamespace.await()
        .until(() -> stage.migration("flaky").getMetadata().getFinalizers().isEmpty());
    assertThat(isAsBefore("flaky", applied)).isTrue();
  }

  @Test
  void aFailureForGoodTakesReadyAwayUntilItIsRetried() {
    applied("edited", "1h");

    recheck("edited", 2)
        .works()
        .ends(20, "{\"failure\":{\"reason\":\"ChecksumMismatch\",\"message\":\"edited\"}}");
    assertThat(trueConditions(stage.stands("edited", "ChecksumMismatch")))
        .containsExactly("Stalled");
    stage.quiet("edited");
    move(Duration.ofHours(3));
    poke("edited", "sluice.dev/retry");

    stage.run("edited", 3).works().ends(0, NOTHING);
    assertThat(stage.stands("edited", "Applied").verifyAfterRun()).isNull();
  }

  @Test
  void oneStartsByItself() {
    applied("timed", "1m");
    ahead.set(Duration.between(Instant.now(), ENDED.plusSeconds(57)));
    poke("timed", "sluice.dev/poked");

    stage.run("timed", 2).works().ends(0, NOTHING);
    TestNamespace.await().until(() -> stage.status("timed").lastRecheck() != null);
    assertThat(stage.status("timed").lastRecheck()).isAfterOrEqualTo(ENDED.plusSeconds(60));
  }

  private boolean isAsBefore(String name, DatabaseMigrationStatus before) {
    var status = stage.status(name);
    return status.conditions().equals(before.conditions())
        && Objects.equals(status.lastRun(), before.lastRun());
  }

  private DatabaseMigrationStatus applied(String name, String interval) {
    ahead.set(Duration.between(Instant.now(), ENDED));
    stage.apply(manifest(name, "a/shop:1") + "  recheck: {interval: " + interval + "}\n");
    stage.run(name, 1).works().ends(0, "{\"applied\":5,\"total\":5,\"pending\":0}");
    stage.stands(name, "Applied");
    TestNamespace.await().until(() -> stage.events(name).contains("Applied"));
    stage.quiet(name);
    return stage.status(name);
  }

  private SimulatedJob recheck(String name, long number) {
    move(Duration.ofHours(2));
    poke(name, "sluice.dev/poked");
    return stage.run(name, number);
  }

  private void move(Duration on) {
    ahead.updateAndGet(before -> before.plus(on));
  }

  /** The operator looks at it. */
  private void poke(String name, String annotation) {
    stage
        .person
        .resource(stage.migration(name))
        .edit(m -> {
          m.getMetadata().getAnnotations().put(annotation, clock.instant().toString());
          return m;
        });
  }
}
