package dev.sluice.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cases that kstatus' own tests have for a resource of an unknown kind. */
final class KstatusTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{metadata: {generation: 1}}                                    | CURRENT",
        "{metadata: {generation: 1}, status: {observedGeneration: -1}}  | IN_PROGRESS",
        "{metadata: {generation: 2}, status: {observedGeneration: 1, conditions:"
            + " [{type: Ready, status: 'True'}]}} | IN_PROGRESS",
        "{metadata: {generation: 2}, status: {conditions: [{type: Ready, status: 'True'}]}}"
            + " | CURRENT",
        "{status: {conditions: [{type: Ready, status: 'False'}]}}       | IN_PROGRESS",
        "{status: {conditions: [{type: Ready, status: Unknown}]}}       | IN_PROGRESS",
        "{status: {conditions: [{type: Ready, status: 'False'}, {type: Stalled, status: 'True'}]}}"
            + " | FAILED",
        "{status: {conditions: [{type: Ready, status: 'True'}, {type: Stalled, status: 'False'}]}}"
            + " | CURRENT",
        "{status: {conditions: [{type: Ready, status: 'True'},"
            + " {type: Reconciling, status: 'True'}]}} | IN_PROGRESS",
        "{status: {phase: Failed, conditions: [{type: Failed, status: 'True'}]}} | CURRENT",
        "{metadata: {deletionTimestamp: '2026-01-01T00:00:00Z'}, status: {conditions:"
            + " [{type: Ready, status: 'True'}]}} | TERMINATING"
      })
  void computes(String object, Kstatus status) {
    var json = new KubernetesSerialization().unmarshal("---\n" + object, JsonNode.class);

    assertThat(Kstatus.of(json)).isEqualTo(status);
  }
}
