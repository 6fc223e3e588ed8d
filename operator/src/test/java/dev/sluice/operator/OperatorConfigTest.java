package dev.sluice.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class OperatorConfigTest {
  @Test
  void defaultsAreSafe() {
    assertThat(OperatorConfig.of(Map.of("SLUICE_RUNNER_IMAGE", "runner:1")))
        .isEqualTo(
            new OperatorConfig(
                "runner:1", Set.of(), false, null, "operator", 8080, null, true, "info"));
  }

  @Test
  void everythingIsRead() {
    assertThat(
            OperatorConfig.of(
                Map.of(
                    "SLUICE_RUNNER_IMAGE", "runner:1",
                    "SLUICE_WATCH_NAMESPACES", "a, b,",
                    "SLUICE_LEADER_ELECTION", "true",
                    "SLUICE_NAMESPACE", "sluice",
                    "POD_NAME", "p",
                    "SLUICE_HTTP_PORT", "0",
                    "SLUICE_PROBE_PORT", "8081",
                    "SLUICE_GATE", "false",
                    "SLUICE_LOG_LEVEL", "DEBUG")))
        .isEqualTo(
            new OperatorConfig(
                "runner:1", Set.of("a", "b"), true, "sluice", "p", 0, 8081, false, "debug"));
  }

  @Test
  void allErrorsComeTogether() {
    assertThatThrownBy(() ->
            OperatorConfig.of(
                Map.of(
                    "SLUICE_LEADER_ELECTION",
                    "true",
                    "SLUICE_HTTP_PORT",
                    "x",
                    "SLUICE_PROBE_PORT",
                    "70000",
                    "SLUICE_LOG_LEVEL",
                    "loud")))
        .hasMessageContainingAll(
            "SLUICE_RUNNER_IMAGE",
            "SLUICE_NAMESPACE",
            "SLUICE_HTTP_PORT",
            "SLUICE_PROBE_PORT",
            "SLUICE_LOG_LEVEL");
  }

  @Test
  void aVariableThatNobodyReadsIsRefusedWithTheNearestKnown() {
    assertThatThrownBy(() ->
            OperatorConfig.of(
                Map.of("SLUICE_RUNNER_IMAGE", "runner:1", "SLUICE_WATCH_NAMESPACE", "shop")))
        .hasMessageContaining(
            "SLUICE_WATCH_NAMESPACE is unknown: did you mean SLUICE_WATCH_NAMESPACES?");
    assertThatThrownBy(() ->
            OperatorConfig.of(
                Map.of("SLUICE_RUNNER_IMAGE", "runner:1", "SLUICE_METRICS_PORT", "9090")))
        .hasMessageContaining("SLUICE_METRICS_PORT is unknown");
    assertThatThrownBy(() ->
            OperatorConfig.of(Map.of("SLUICE_RUNNER_IMAGE", "runner:1", "SLUICE_COLOUR", "blue")))
        .hasMessageContaining("SLUICE_COLOUR is unknown: known are SLUICE_RUNNER_IMAGE, ");
  }

  @Test
  void whatKubernetesSetsForAServiceIsNoMistake() {
    var links =
        Map.of(
            "SLUICE_RUNNER_IMAGE", "runner:1",
            "SLUICE_SERVICE_HOST", "10.0.0.1",
            "SLUICE_METRICS_SERVICE_PORT", "8080",
            "SLUICE_METRICS_SERVICE_PORT_HTTP", "8080",
            "SLUICE_METRICS_PORT", "tcp://10.0.0.1:8080",
            "SLUICE_METRICS_PORT_8080_TCP", "tcp://10.0.0.1:8080",
            "SLUICE_METRICS_PORT_8080_TCP_ADDR", "10.0.0.1");

    assertThat(OperatorConfig.of(links).httpPort()).isEqualTo(8080);
  }
}
