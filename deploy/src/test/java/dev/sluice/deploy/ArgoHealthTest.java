package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Argo CD says of a DatabaseMigration in every situation that the operator tells. */
final class ArgoHealthTest {
  private static final Path SITUATIONS = Path.of("src/test/resources/situations.yaml");

  static Stream<Arguments> situations() {
    return Manifests.trees(SITUATIONS).getFirst().properties().stream()
        .map(e -> arguments(e.getKey(), e.getValue()));
  }

  static Stream<Arguments> tests() {
    return ArgoCustomization.healthTests()
        .map(test -> arguments(test.path("inputPath").asText(), test));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("situations")
  void isThatOfTheConditionWhichIsTrue(String situation, JsonNode object) {
    var told = ArgoCustomization.HEALTH.run(object);
    assertThat(told.path("status").asText()).isEqualTo(wanted(object));
    assertThat(told.path("message")).isEqualTo(ready(object).path("message"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("situations")
  void isProgressingUntilTheOperatorHasSeenTheLatestEdit(String situation, JsonNode object) {
    var edited = object.<ObjectNode>deepCopy();
    edited.withObjectProperty("metadata").put("generation", 7);
    var told = ArgoCustomization.HEALTH.run(edited);
    assertThat(told.path("status").asText()).isEqualTo("Progressing");
    assertThat(told.path("message").asText()).isEqualTo("Waiting for the operator");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tests")
  void isAsArgosOwnTestWantsIt(String input, JsonNode test) {
    assertThat(ArgoCustomization.HEALTH.run(ArgoCustomization.healthObject(test)))
        .isEqualTo(test.path("healthStatus"));
  }

  @Test
  void argosOwnTestHasEachHealth() {
    assertThat(ArgoCustomization.healthTests())
        .extracting(test -> test.at("/healthStatus/status").asText())
        .contains("Progressing", "Suspended", "Degraded", "Healthy");
  }

  private static String wanted(JsonNode object) {
    if (object.at("/metadata").has("deletionTimestamp")) {
      return "Progressing";
    }
    for (var condition : object.at("/status/conditions")) {
      if (condition.path("status").asText().equals("True")) {
        return switch (condition.path("type").asText()) {
          case "Ready" -> "Healthy";
          case "Reconciling" -> "Progressing";
          case "Stalled" -> "Degraded";
          default -> throw new IllegalArgumentException("no health for " + condition);
        };
      }
    }
    assertThat(ready(object).path("reason").asText()).isEqualTo("Suspended");
    return "Suspended";
  }

  private static JsonNode ready(JsonNode object) {
    var first = object.at("/status/conditions/0");
    assertThat(first.path("type").asText()).isEqualTo("Ready");
    return first;
  }
}
