package dev.sluice.operator;

import static dev.sluice.operator.TestNamespace.manifest;
import static dev.sluice.operator.TestNamespace.trueConditions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.DatabaseMigrationStatus.AppliedRevision;
import dev.sluice.api.DatabaseMigrationStatus.PastRun;
import dev.sluice.api.LastRun;
import dev.sluice.api.Outcome;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Runs that end one way or another; each test has a migration of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RunIT {
  private TestNamespace stage = new TestNamespace();
  private SluiceOperator operator = stage.operator();

  @BeforeAll
  void ready() {
    assertThat(operator.port()).isPositive();
  }

  @AfterAll
  void stop() {
    operator.close();
    stage.close();
  }

  private SimulatedJob run(String name, long number) {
    return stage.run(name, number);
  }

  @Test
  void aSuccessBecomesReady() {
    stage.apply(manifest("good", "a/shop:1"));
    var run = run("good", 1);
    assertThat(run.job().getMetadata().getOwnerReferences())
        .as("none while it is active")
        .isEmpty();
    assertThat(stage.migration("good").getMetadata().getFinalizers()).contains("sluice.dev/run");
    run.works();
    stage.stands("good", "Running");
    run.ends(
        0,
        "{\"applied\":2,\"appliedChangeSets\":[\"a::1::x\"],\"total\":5,\"pending\":0,\"revisions\":[\"1\",\"0\"]}");

    var status = stage.stands("good", "Applied");
    assertThat(trueConditions(status)).containsExactly("Ready");
    assertThat(status.appliedRevisions())
        .extracting(AppliedRevision::revision)
        .containsExactly("1", "0");
    assertThat(status.lastRun())
        .extracting(LastRun::image, LastRun::duration)
        .containsExactly("docker.io/shop@sha256:abc", "12s");
    TestNamespace.await()
        .until(() -> stage.migration("good").getMetadata().getFinalizers().isEmpty());
    TestNamespace.await().until(() -> run.job().getMetadata().getOwnerReferences().size() == 1);
    TestNamespace.await()
        .until(() ->
            stage.events("good").containsAll(List.of("RunStarted", "RunSucceeded", "Applied")));
    stage.apply(manifest("good", "a/shop:1"));
    stage.quiet("good");
    assertThat(run("good", 1).gone()).isFalse();
  }

  @Test
  void aPlanWaitsUntilItsDigestIsTheAnnotations() {
    var digest = "5".repeat(64);
    var manual = manifest("planned", "a/shop:1") + "  approval: Manual\n";
    stage.apply(manual);
    var plan = run("planned", 1);
    assertThat(environment(plan)).containsEntry("SLUICE_APPROVAL", "Manual");
    assertThat(environment(plan)).doesNotContainKey("SLUICE_APPROVED");
    plan.works()
        .ends(
            30,
            "{\"total\":5,\"pending\":3,\"plan\":{\"digest\":\"%s\",\"changeSets\":3},\"failure\":{\"reason\":\"ApprovalRequired\",\"message\":\"3 changesets wait\"}}"
                .formatted(digest));

    var asks = stage.stands("planned", "WaitingForApproval");
    assertThat(trueConditions(asks)).containsExactly("Reconciling");
    assertThat(asks.history()).extracting(PastRun::outcome).containsExactly(Outcome.Planned);
    stage.apply(approved(manual, "no digest"));
    TestNamespace.await()
        .until(() ->
            stage
                .status("planned")
                .conditions()
                .getFirst()
                .message()
                .endsWith("(the annotation names another plan)"));
    stage.apply(approved(manual, digest));
    var run = run("planned", 2);
    assertThat(environment(run)).containsEntry("SLUICE_APPROVED", digest);
    run.works().ends(0, "{\"applied\":3,\"total\":5,\"pending\":0,\"revisions\":[\"1\"]}");

    var applied = stage.stands("planned", "Applied");
    assertThat(Objects.requireNonNull(applied.plan()).approvedAt()).isNotNull();
    assertThat(stage.events("planned"))
        .contains("RunPlanned", "WaitingForApproval", "RunSucceeded", "Applied");
    stage.quiet("planned");
  }

  private static String approved(String manifest, String digest) {
    return manifest.replace(
        "{name: planned}", "{name: planned, annotations: {sluice.dev/approve: " + digest + "}}");
  }

  private static Map<String, String> environment(SimulatedJob run) {
    return run.job().getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv().stream()
        .filter(v -> v.getValue() != null)
        .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
  }

  @Test
  void aPermanentFailureStallsUntilItIsRetried() {
    stage.apply(manifest("broken", "a/shop:1"));
    run("broken", 1)
        .works()
        .ends(
            20,
            "{\"failure\":{\"reason\":\"ChangeSetFailed\",\"sqlState\":\"42P07\",\"message\":\"exists\"}}");

    assertThat(trueConditions(stage.stands("broken", "ChangeSetFailed")))
        .containsExactly("Stalled");
    stage.quiet("broken");

    stage
        .person
        .resource(stage.migration("broken"))
        .edit(m -> {
          m.getMetadata().getAnnotations().put("sluice.dev/retry", "now");
          return m;
        });
    run("broken", 2).works().ends(0);
    assertThat(stage.stands("broken", "Applied").handledRetry()).isEqualTo("now");
  }

  @Test
  void aFailureThatMayPassIsTriedAgainUntilAttemptsRunOut() {
    stage.apply(manifest("flaky", "a/shop:1"));
    run("flaky", 1)
        .works()
        .ends(10, "{\"failure\":{\"reason\":\"ChangeSetFailed\",\"message\":\"lock timeout\"}}");
    var second = run("flaky", 2);
    assertThat(second.marks()).containsEntry("sluice.dev/attempt", "2");
    second
        .works()
        .ends(10, "{\"failure\":{\"reason\":\"ChangeSetFailed\",\"message\":\"lock timeout\"}}");

    var status = stage.stands("flaky", "AttemptsExhausted");
    assertThat(status.attempt()).isEqualTo(2);
    assertThat(status.conditions().getFirst().message()).contains("ChangeSetFailed: lock timeout");
  }

  @Test
  void waitingIsNotCountedAndStartsAnotherRun() {
    stage.apply(manifest("patient", "a/shop:1"));
    run("patient", 1)
        .works()
        .ends(11, "{\"failure\":{\"reason\":\"LockHeld\",\"message\":\"by pid 7\"}}");
    assertThat(trueConditions(stage.stands("patient", "LockHeld"))).containsExactly("Reconciling");
    run("patient", 2).works().ends(0);

    assertThat(stage.stands("patient", "Applied").attempt()).isZero();
  }

  @Test
  void aJobThatVanishedIsRunAgain() {
    stage.apply(manifest("lost", "a/shop:1"));
    var run = run("lost", 1).works();
    stage.stands("lost", "Running");
    run.vanishes();
    run("lost", 2).works().ends(0);

    var status = stage.stands("lost", "Applied");
    assertThat(status.history())
        .extracting(r -> r.outcome())
        .containsExactly(Outcome.Succeeded, Outcome.Lost);
  }

  @Test
  void aMissingSecretIsNamedAndWaitedFor() {
    stage.apply(manifest("waiting", "a/shop:1"));
    var run =
        run("waiting", 1)
            .pending()
            .complains(
                "FailedMount",
                "MountVolume.SetUp failed for volume \"credentials\" : secret \"shop-db\" not"
                    + " found");
    var status = stage.stands("waiting", "WaitingForSecret");
    assertThat(trueConditions(status)).containsExactly("Reconciling");
    assertThat(status.conditions().getFirst().message()).contains("shop-db");

    run.starts().ends(0);
    stage.stands("waiting", "Applied");
  }

  @Test
  void aStrangeReportBreaksNothing() {
    stage.apply(manifest("strange", "a/shop:1"));
    run("strange", 1).works().ends(0, "{\"applied\":99999999999999999999,\"applied\":\"\u0001\",");

    assertThat(stage.stands("strange", "Applied").lastRun()).extracting(LastRun::failure).isNull();
  }

  @Test
  void theLongestNameRuns() {
    var name = "n".repeat(253);
    stage.apply(manifest(name, "a/shop:1"));
    run("n{50}", 1).works().ends(0);

    stage.stands(name, "Applied");
  }
}
