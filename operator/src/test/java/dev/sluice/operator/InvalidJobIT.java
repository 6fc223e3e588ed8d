package dev.sluice.operator;

import static dev.sluice.operator.TestNamespace.await;
import static dev.sluice.operator.TestNamespace.manifest;
import static dev.sluice.operator.TestNamespace.trueConditions;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only the API server can judge of spec.pod, it judges when the Job is made. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class InvalidJobIT {
  private final TestNamespace stage = new TestNamespace();
  private final SluiceOperator operator = stage.operator();

  @BeforeAll
  void ready() {
    assertThat(operator.port()).isPositive();
  }

  @AfterAll
  void stop() {
    operator.close();
    stage.close();
  }

  private static String with(String name, String pod) {
    return manifest(name, "a/shop:1") + "  pod: {" + pod + "}\n";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "value | topologySpreadConstraints: [{maxSkew: 0, topologyKey: zone, whenUnsatisfiable:"
            + " ScheduleAnyway}] | topologySpreadConstraints[0].maxSkew: Invalid value",
        "type | affinity: {nodeAffinity: 3} | cannot unmarshal number",
        "typo | affinity: {nodeAffinty: {}} | unknown field"
            + " \"spec.template.spec.affinity.nodeAffinty\""
      })
  void whatItCanNeverTakeStallsInItsWords(String name, String pod, String words) {
    stage.apply(with(name, pod));

    var status = stage.stands(name, "JobInvalid");
    assertThat(trueConditions(status)).containsExactly("Stalled");
    assertThat(status.conditions().getFirst().message()).contains(words);
    stage.quiet(name);
    assertThat(stage.notes(name, "JobInvalid")).hasSize(1);
  }

  @Test
  void aCorrectedSpecRuns() {
    stage.apply(with("corrected", "affinity: {nodeAffinity: 3}"));
    stage.stands("corrected", "JobInvalid");

    stage.apply(with("corrected", "affinity: {nodeAffinity: {}}"));
    var run = stage.run("corrected", 1);
    assertThat(run.job().getSpec().getTemplate().getSpec().getAffinity()).isNotNull();
    run.works().ends(0);

    stage.stands("corrected", "Applied");
  }

  /** The reason of a failure is told once, as the warning that a person has to act on. */
  @Test
  void aFailureIsOneWarning() {
    stage.apply(manifest("failed", "a/shop:1"));
    stage
        .run("failed", 1)
        .works()
        .ends(
            20,
            "{\"failure\":{\"reason\":\"ChangeSetFailed\","
                + "\"message\":\"%s\"}}".formatted("ö".repeat(450)));
    stage.stands("failed", "ChangeSetFailed");

    await().until(() -> !stage.notes("failed", "ChangeSetFailed").isEmpty());
    assertThat(stage.warnings("failed")).containsExactly("ChangeSetFailed");
    assertThat(stage.notes("failed", "RunFailed"))
        .as("cut by bytes, or the API server refuses it")
        .hasSize(1);
  }
}
