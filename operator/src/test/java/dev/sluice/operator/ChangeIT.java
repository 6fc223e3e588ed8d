package dev.sluice.operator;

import static dev.sluice.operator.TestNamespace.await;
import static dev.sluice.operator.TestNamespace.manifest;
import static dev.sluice.operator.TestNamespace.trueConditions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changes while a run is in flight. */
final class ChangeIT {
  private final TestNamespace stage = new TestNamespace();
  private SluiceOperator operator = stage.operator();

  @AfterEach
  void stop() {
    operator.close();
    stage.close();
  }

  @Test
  void aRunAtWorkEndsBeforeTheNextVersion() {
    stage.apply(manifest("shop", "a/shop:1"));
    var first = stage.run(1).works();
    stage.stands("shop", "Running");
    stage.apply(manifest("shop", "a/shop:2"));
    stage.stands("shop", "OlderRunEnds");
    assertThat(stage.jobs()).hasSize(1);
    first.ends(0);
    stage.run(2).works().ends(0);

    assertThat(stage.stands("shop", "Applied").appliedRevisions())
        .extracting(r -> r.revision())
        .containsExactly("2", "1");
  }

  @Test
  void aRunThatHasNotStartedIsTakenBack() {
    stage.apply(manifest("shop", "a/shop:wrong"));
    var first = stage.run(1);
    stage.stands("shop", "Starting");
    stage.apply(manifest("shop", "a/shop:right"));
    first.isTakenBack();
    stage.run(2).works().ends(0);

    var status = stage.stands("shop", "Applied");
    assertThat(status.history())
        .extracting(r -> r.outcome())
        .containsExactly(Outcome.Succeeded, Outcome.Cancelled);
    assertThat(first.gone()).isTrue();
  }

  @Test
  void suspendLetsARunEndAndStartsNone() {
    stage.apply(manifest("shop", "a/shop:1"));
    var run = stage.run(1).works();
    stage.stands("shop", "Running");
    stage.apply(manifest("shop", "a/shop:1") + "  suspend: true\n");
    stage.stands("shop", "OlderRunEnds");
    run.ends(20);

    assertThat(trueConditions(stage.stands("shop", "Suspended"))).isEmpty();
    assertThat(stage.jobs()).hasSize(1);
    stage.apply(manifest("shop", "a/shop:1") + "  suspend: false\n");
    stage.run(2).works().ends(0);
    stage.stands("shop", "Applied");
  }

  @Test
  void deletionWaitsForTheRunAndASecondObjectDoesNotTakeItsJob() {
    stage.apply(manifest("shop", "a/shop:1"));
    var run = stage.run(1).works();
    stage.stands("shop", "Running");
    stage.delete("shop");
    await()
        .until(() ->
            stage
                .migration("shop")
                .getStatus()
                .conditions()
                .getFirst()
                .reason()
                .equals("Deleting"));
    run.ends(0);
    await().until(() -> stage.gone("shop"));
    assertThat(run.job().getMetadata().getOwnerReferences())
        .as("for the garbage collector")
        .hasSize(1);

    stage.apply(manifest("shop", "a/shop:1"));
    await().until(() -> stage.jobs().size() == 2);
    assertThat(stage.stands("shop", "Starting").run()).isEqualTo(1);
  }

  @Test
  void deletionTakesBackARunThatHasNotStarted() {
    stage.apply(manifest("shop", "a/shop:1"));
    var run = stage.run(1);
    stage.delete("shop");
    run.isTakenBack();

    await().until(() -> stage.gone("shop"));
    assertThat(run.gone()).isTrue();
  }

  @Test
  void anOperatorThatWasAwayFindsItsRun() {
    stage.apply(manifest("shop", "a/shop:1"));
    var run = stage.run(1).works();
    stage.stands("shop", "Running");
    operator.close();
    run.ends(0);
    operator = stage.operator();

    assertThat(stage.stands("shop", "Applied").run()).isEqualTo(1);
    assertThat(stage.jobs()).hasSize(1);
  }

  @Test
  void theNextLeaderGoesOn() {
    operator.close();
    operator = stage.operator(true, "one");
    try (var second = stage.operator(true, "two")) {
      assertThat(second.port()).isPositive();
      stage.apply(manifest("shop", "a/shop:1"));
      var run = stage.run(1).works();
      stage.stands("shop", "Running");
      operator.close();
      run.ends(0);

      stage.stands("shop", "Applied");
      assertThat(stage.jobs()).hasSize(1);
    }
    operator = stage.operator();
  }
}
