package dev.sluice.operator;

import static dev.sluice.operator.TestNamespace.await;
import static dev.sluice.operator.TestNamespace.manifest;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a run in flight, and of the Jobs of those before, when objects go. */
final class DeletionIT {
  private final TestNamespace stage = new TestNamespace();
  private final SluiceOperator operator = stage.operator();

  @AfterEach
  void stop() {
    operator.close();
    stage.close();
  }

  private SimulatedJob working(String policy) {
    stage.apply(manifest("shop", "a/shop:1") + "  deletionPolicy: " + policy + "\n");
    var run = stage.run(1).works();
    stage.stands("shop", "Running");
    return run;
  }

  @Test
  void abortEndsTheRunAndTheObjectGoesAfterIt() {
    var run = working("Abort");
    stage.delete("shop");

    await().until(() -> run.job().getMetadata().getDeletionTimestamp() != null);
    assertThat(stage.migration("shop").getMetadata().getFinalizers()).contains("sluice.dev/run");
    await()
        .untilAsserted(() ->
            assertThat(stage.status("shop").conditions().getFirst().reason())
                .isEqualTo("Deleting"));
    run.isCollected();
    await().until(() -> stage.gone("shop"));
  }

  @Test
  void aReplaceThatDropsTheFinalizerDoesNotLetTheObjectGoBeforeItsRun() {
    var run = working("Abort");
    var replaced =
        new Kubectl(stage)
            .fed(manifest("shop", "a/shop:1") + "  deletionPolicy: Abort\n", "replace", "-f", "-");

    assertThat(replaced.exit()).as(replaced.text()).isZero();
    await()
        .untilAsserted(() ->
            assertThat(stage.migration("shop").getMetadata().getFinalizers())
                .contains("sluice.dev/run"));
    stage.delete("shop");
    await().until(() -> run.job().getMetadata().getDeletionTimestamp() != null);
    assertThat(stage.gone("shop")).isFalse();
    run.isCollected();
    await().until(() -> stage.gone("shop"));
  }

  @Test
  void orphanLetsTheObjectGoAndTheRunGoOn() {
    var run = working("Orphan");
    stage.delete("shop");

    await().until(() -> stage.gone("shop"));
    assertThat(run.job().getMetadata().getDeletionTimestamp()).isNull();
    assertThat(run.job().getSpec().getTtlSecondsAfterFinished()).isEqualTo(86_400);
    assertThat(run.job().getMetadata().getOwnerReferences()).isEmpty();
  }

  @Test
  void anObjectAtRestNeedsNoOperatorToGo() {
    stage.apply(manifest("shop", "a/shop:1"));
    stage.run(1).works().ends(20);
    stage.stands("shop", "RunFailed");
    stage.quiet("shop");
    operator.close();

    stage.delete("shop");

    await().until(() -> stage.gone("shop"));
  }

  @Test
  void noJobOfASuccessStaysWhenNoneIsToBeKept() {
    stage.apply(manifest("shop", "a/shop:1").replace("attempts: 2", "keep: 0, attempts: 2"));
    var run = stage.run(1).works();
    run.ends(0);

    stage.stands("shop", "Applied");
    await().until(run::gone);
  }
}
