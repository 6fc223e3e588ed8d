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
            new OperatorConfig("runner:1", Set.of(), false, null, "operator", 8080, true, "info"));
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
                    "SLUICE_GATE", "false",
                    "SLUICE_LOG_LEVEL", "DEBUG")))
        .isEqualTo(
            new OperatorConfig(
                "runner:1", Set.of("a", "b"), true, "sluice", "p", 0, false, "debug"));
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
                    "SLUICE_LOG_LEVEL",
                    "loud")))
        .hasMessageContainingAll(
            "SLUICE_RUNNER_IMAGE", "SLUICE_NAMESPACE", "SLUICE_HTTP_PORT", "SLUICE_LOG_LEVEL");
  }
}
