package dev.sluice.operator;

import static dev.sluice.operator.TestNamespace.await;
import static dev.sluice.operator.TestNamespace.manifest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.DatabaseMigrationStatus.PastRun;
import dev.sluice.api.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The kubelet reports late: what it hasn't reported yet may have happened. */
final class StartedIT {
  private final TestNamespace stage = new TestNamespace();
  private final SluiceOperator operator = stage.operator();

  @BeforeEach
  void ready() {
    assertThat(operator.port()).isPositive();
  }

  @AfterEach
  void stop() {
    operator.close();
    stage.close();
  }

  private void staysUntouched(SimulatedJob run) {
    TestNamespace.stays(
        Duration.ofSeconds(3), () -> run.job().getMetadata().getDeletionTimestamp() == null);
  }

  @Test
  void aPodWithANodeIsNotTakenBackByANewVersion() {
    stage.apply(manifest("shop", "a/shop:1"));
    var run = stage.run(1).pending().bound();
    stage.stands("shop", "Starting");

    stage.apply(manifest("shop", "a/shop:2"));
    stage.stands("shop", "OlderRunEnds");
    staysUntouched(run);
    run.ends(0);
    stage.run(2).works().ends(0);

    var status = stage.stands("shop", "Applied");
    assertThat(status.appliedRevisions()).extracting(a -> a.revision()).containsExactly("2", "1");
    await()
        .untilAsserted(() ->
            assertThat(stage.notes("shop", "RunStarted"))
                .containsExactlyInAnyOrder(
                    "Job " + run.name() + " for revision 1",
                    "Job " + status.job() + " for revision 2"));
  }

  @Test
  void deletionWaitsForAPodWithANode() {
    stage.apply(manifest("shop", "a/shop:1"));
    var run = stage.run(1).pending().bound();
    stage.stands("shop", "Starting");

    stage.delete("shop");
    staysUntouched(run);
    assertThat(stage.gone("shop")).isFalse();

    run.ends(0);
    await().until(() -> stage.gone("shop"));
  }

  @Test
  void whatThePodOfARunThatIsTakenBackDidIsReadFirst() {
    stage.apply(manifest("shop", "a/shop:1"));
    var run = stage.run(1).pending().isNotPulled();
    stage.stands("shop", "ImagePullFailed");

    stage.apply(manifest("shop", "a/shop:2"));
    await().until(() -> run.job().getMetadata().getDeletionTimestamp() != null);
    assertThat(stage.status("shop").lastRun()).as("nothing is said before").isNull();
    run.podEnds(0, "{\"applied\":1,\"total\":1,\"pending\":0,\"revisions\":[\"1\"]}");
    run.isCollected();
    stage.run(2).works().ends(0);

    var status = stage.stands("shop", "Applied");
    assertThat(status.history())
        .extracting(PastRun::outcome)
        .containsExactly(Outcome.Succeeded, Outcome.Succeeded);
    assertThat(status.appliedRevisions()).extracting(a -> a.revision()).containsExactly("2", "1");
  }

  @Test
  void aContainerThatWasNeverMadeIsCancelled() {
    stage.apply(manifest("shop", "a/shop:1"));
    var run = stage.run(1).pending().isNotPulled();
    stage.stands("shop", "ImagePullFailed");

    stage.apply(manifest("shop", "a/shop:2"));
    run.wasNeverMade().isTakenBack();
    stage.run(2).works().ends(0);

    assertThat(stage.stands("shop", "Applied").history())
        .extracting(PastRun::outcome)
        .isEqualTo(List.of(Outcome.Succeeded, Outcome.Cancelled));
  }
}
