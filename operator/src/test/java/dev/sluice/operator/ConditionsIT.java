package dev.sluice.operator;

import static dev.sluice.operator.TestNamespace.manifest;
import static dev.sluice.operator.TestNamespace.trueConditions;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Every way for a migration to stand, as kubectl prints it and kstatus reads it; UnreadableIT has
 * the spec that can't be read.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConditionsIT {
  private static final String TRANSIENT =
      "{\"failure\":{\"reason\":\"ChangeSetFailed\",\"message\":\"lock timeout\"}}";

  private final TestNamespace stage = new TestNamespace();
  private final SluiceOperator operator = stage.operator();
  private final Kubectl kubectl = new Kubectl(stage);

  @BeforeAll
  void ready() {
    assertThat(operator.port()).isPositive();
  }

  @AfterAll
  void stop() {
    operator.close();
    stage.close();
  }

  /** {@code condition}: the one that is True, if any. */
  private void stands(String name, String reason, String condition, Kstatus kstatus) {
    var status = stage.stands(name, reason);

    assertThat(trueConditions(status))
        .isEqualTo(condition.isEmpty() ? List.of() : List.of(condition));
    assertThat(Kstatus.of(kubectl.object(name))).isEqualTo(kstatus);
    assertThat(kubectl.columns(name))
        .containsEntry("READY", condition.equals("Ready") ? "True" : "False")
        .containsEntry("REASON", reason);
  }

  @Test
  void justCreatedWithNoOperator() {
    try (var empty = new TestNamespace()) {
      var alone = new Kubectl(empty);
      empty.apply(manifest("new", "a/shop:1"));

      assertThat(Kstatus.of(alone.object("new"))).isEqualTo(Kstatus.IN_PROGRESS);
      assertThat(alone.columns("new"))
          .containsOnlyKeys("NAME", "READY", "REASON", "WANTED", "APPLIED", "PENDING", "AGE")
          .containsEntry("READY", "")
          .containsEntry("REASON", "");
      assertThat(alone.run("wait", "--for=condition=Ready", "dbm/new", "--timeout=1s").exit())
          .isNotZero();
    }
  }

  @Test
  void queuedThenRunningThenApplied() {
    stage.apply(manifest("good", "a/shop:1"));
    var run = stage.run("good", 1);
    stands("good", "Starting", "Reconciling", Kstatus.IN_PROGRESS);
    run.works();
    stands("good", "Running", "Reconciling", Kstatus.IN_PROGRESS);
    run.ends(0);

    stands("good", "Applied", "Ready", Kstatus.CURRENT);
    assertThat(kubectl.columns("good")).containsEntry("APPLIED", "1").containsEntry("PENDING", "0");
    assertThat(kubectl.run("wait", "--for=condition=Ready", "dbm/good", "--timeout=60s").exit())
        .isZero();
  }

  @Test
  void waitingForARetryUntilAttemptsAreUsedUp() {
    stage.apply(
        manifest("flaky", "a/shop:1").replace("initial: 1s, max: 1s", "initial: 8s, max: 8s"));
    stage.run("flaky", 1).works().ends(10, TRANSIENT);
    stands("flaky", "RetryScheduled", "Reconciling", Kstatus.IN_PROGRESS);
    stage.run("flaky", 2).works().ends(10, TRANSIENT);

    stands("flaky", "AttemptsExhausted", "Stalled", Kstatus.FAILED);
  }

  @Test
  void waitingForASecretUntilTheDeadline() {
    stage.apply(
        manifest("waiting", "a/shop:1").replace("attempts: 2", "attempts: 2, deadline: 30s"));
    var run =
        stage
            .run("waiting", 1)
            .pending()
            .bound()
            .complains(
                "FailedMount",
                "MountVolume.SetUp failed for volume \"credentials\" : secret \"shop-db\" not"
                    + " found");
    stands("waiting", "WaitingForSecret", "Reconciling", Kstatus.IN_PROGRESS);
    run.wasNeverMade().isTakenBack();

    stands("waiting", "DeadlineExceeded", "Stalled", Kstatus.FAILED);
    assertThat(stage.status("waiting").conditions().getFirst().message())
        .contains("WaitingForSecret")
        .contains("shop-db");
  }

  @Test
  void suspendedBeforeItWasApplied() {
    stage.apply(manifest("suspended", "a/shop:1") + "  suspend: true\n");

    stands("suspended", "Suspended", "", Kstatus.IN_PROGRESS);
  }

  @Test
  void failedForGood() {
    stage.apply(manifest("broken", "a/shop:1"));
    stage
        .run("broken", 1)
        .works()
        .ends(20, "{\"failure\":{\"reason\":\"ChecksumMismatch\",\"message\":\"edited\"}}");

    stands("broken", "ChecksumMismatch", "Stalled", Kstatus.FAILED);
    stage.quiet("broken");
  }

  @Test
  void aWaitRightAfterAnEditIsNotMetByTheStaleTrue() {
    try (var edited = new TestNamespace()) {
      edited.apply(manifest("shop", "a/shop:1"));
      try (var first = edited.operator()) {
        assertThat(first.port()).isPositive();
        edited.run(1).works().ends(0);
        edited.stands("shop", "Applied");
        edited.quiet("shop");
      }
      edited.apply(manifest("shop", "a/shop:2"));
      nothingIsMet(new Kubectl(edited));
      try (var second = edited.operator()) {
        assertThat(second.port()).isPositive();
        waitIsMetByTheEndOf(edited, 2);
        edited.apply(manifest("shop", "a/shop:3"));
        waitIsMetByTheEndOf(edited, 3);
      }
    }
  }

  private static void nothingIsMet(Kubectl kubectl) {
    assertThat(kubectl.columns("shop")).as("what it waits beside").containsEntry("READY", "True");
    var said = kubectl.run("wait", "--for=condition=Ready", "dbm/shop", "--timeout=3s");
    assertThat(said.exit()).isNotZero();
    assertThat(said.text()).contains("timed out");
    assertThat(Kstatus.of(kubectl.object("shop"))).isEqualTo(Kstatus.IN_PROGRESS);
  }

  private static void waitIsMetByTheEndOf(TestNamespace stage, long number) {
    var wait =
        new Kubectl(stage).start("wait", "--for=condition=Ready", "dbm/shop", "--timeout=120s");
    var run = stage.run(number).works();
    stage.stands("shop", "Running");
    assertThat(wait.isAlive()).as("the run hasn't ended").isTrue();
    run.ends(0);

    assertThat(Kubectl.ended(wait).exit()).isZero();
    assertThat(stage.status("shop").appliedRevision()).isEqualTo(Long.toString(number));
  }
}
