package dev.sluice.deploy;

import static dev.sluice.deploy.Folders.CHART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ValuesTest {
  private static final Path VALUES = Path.of("chart/sluice/values.yaml");

  /** Another value for each; where it takes effect only beside others, they are in BESIDE. */
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("image.repository", "example.com/operator"),
          Map.entry("image.tag", "'1.0'"),
          Map.entry("image.digest", "'sha256:" + "1".repeat(64) + "'"),
          Map.entry("image.pullPolicy", "Always"),
          Map.entry("runner.image.repository", "example.com/runner"),
          Map.entry("runner.image.tag", "'1.0'"),
          Map.entry("runner.image.digest", "'sha256:" + "1".repeat(64) + "'"),
          Map.entry("imagePullSecrets", "[{name: registry}]"),
          Map.entry("watchNamespaces", "[a]"),
          Map.entry("replicas", "2"),
          Map.entry("logLevel", "debug"),
          Map.entry("gate.enabled", "false"),
          Map.entry("gate.ungated", "Refuse"),
          Map.entry("networkPolicies.operator.enabled", "false"),
          Map.entry("networkPolicies.operator.metricsFrom", "[{podSelector: {}}]"),
          Map.entry("networkPolicies.operator.apiServerPorts", "[16443]"),
          Map.entry("networkPolicies.runs.enabled", "false"),
          Map.entry("networkPolicies.runs.namespaces", "[b]"),
          Map.entry("networkPolicies.runs.ports", "[5433]"),
          Map.entry("networkPolicies.runs.to", "[{ipBlock: {cidr: 10.0.0.0/8}}]"),
          Map.entry("runs.limits.enabled", "false"),
          Map.entry("runs.limits.podLabels", "[team]"),
          Map.entry("runs.policy.enabled", "false"),
          Map.entry("runs.policy.jobControllers", "[other]"),
          Map.entry("crds.install", "false"),
          Map.entry("rbac.userRoles", "false"),
          Map.entry("rbac.aggregateToEdit", "true"),
          Map.entry("serviceAccount.create", "false"),
          Map.entry("serviceAccount.name", "other"),
          Map.entry("serviceAccount.annotations", "{a: b}"),
          Map.entry("metrics.service.enabled", "false"),
          Map.entry("metrics.service.annotations", "{a: b}"),
          Map.entry("resources.requests.cpu", "1"),
          Map.entry("resources.requests.memory", "1Gi"),
          Map.entry("resources.limits.memory", "1Gi"),
          Map.entry("nodeSelector", "{a: b}"),
          Map.entry("tolerations", "[{operator: Exists}]"),
          Map.entry("affinity", "{podAntiAffinity: {}}"),
          Map.entry("podAnnotations", "{a: b}"),
          Map.entry("podLabels", "{a: b}"),
          Map.entry("extraLabels", "{a: b}"),
          Map.entry("nameOverride", "other"),
          Map.entry("fullnameOverride", "other"));

  private static final Map<String, String> BESIDE =
      Map.of(
          "metrics.service.enabled", "true",
          "networkPolicies.operator.enabled", "true",
          "networkPolicies.runs.enabled", "true",
          "networkPolicies.runs.namespaces[0]", "a");

  @TempDir Path folder = Path.of(".");

  static List<String> values() {
    var paths = new ArrayList<String>();
    collect("", Manifests.trees(VALUES).getFirst(), paths);
    return paths;
  }

  @ParameterizedTest
  @MethodSource("values")
  void valueDoesSomething(String path) throws IOException {
    assertThat(OTHERS).as("another value of " + path).containsKey(path);
    var file = folder.resolve("values.yaml");
    Files.writeString(file, nested(path, OTHERS.getOrDefault(path, "")));
    // --set outranks the file.
    var beside = new HashMap<>(BESIDE);
    beside.keySet().removeIf(key -> key.startsWith(path));
    assertThat(render(beside, List.of(file))).isNotEqualTo(render(BESIDE, List.of()));
  }

  @ParameterizedTest
  @MethodSource("values")
  void valueIsExplained(String path) throws IOException {
    var key = path.substring(path.lastIndexOf('.') + 1);
    var lines = Files.readAllLines(VALUES);
    var block = path.replaceFirst("[.].*", "");
    assertThat(explained(lines, key) || explained(lines, block))
        .as("in values.yaml a comment stands above %s, or above its block", path)
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "replica        | 2      | additional properties 'replica' not allowed",
        "image.tga      | 1.0    | at '/image': additional properties 'tga' not allowed",
        "replicas       | two    | at '/replicas': got string, want integer",
        "crds.install   | maybe  | at '/crds/install': got string, want boolean",
        "logLevel       | loud   | at '/logLevel': value must be one of 'error', 'warn', 'info',",
        "image.digest   | abc    | at '/image/digest': 'abc' does not match pattern",
        "gate.ungated   | Deny   | at '/gate/ungated': value must be one of 'Allow', 'Add',"
            + " 'Refuse'",
        "networkPolicies.runs.ports[0] | 0 | at '/networkPolicies/runs/ports/0': minimum: got 0",
        "networkPolicies.runs.enabled | true | networkPolicies.runs.namespaces: name the"
            + " namespaces",
        "watchNamespaces| a      | at '/watchNamespaces': got string, want array"
      })
  void mistakeIsRefusedWithItsPlace(String key, String value, String message) {
    assertThatThrownBy(() -> render(Map.of(key, value), List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(message);
  }

  @Test
  void chartMayBePartOfAnother() {
    assertThat(render(Map.of("global.anything", "x"), List.of())).contains("kind: Deployment");
  }

  private static String render(Map<String, String> set, List<Path> files) {
    return CHART.render(new Installation("sluice", "sluice-system", set, files));
  }

  private static void collect(String path, JsonNode node, List<String> paths) {
    if (node.isObject() && !node.isEmpty()) {
      node.properties()
          .forEach(field ->
              collect(
                  path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                  field.getValue(),
                  paths));
    } else {
      paths.add(path);
    }
  }

  private static String nested(String path, String value) {
    var dot = path.indexOf('.');
    return dot < 0
        ? "{" + path + ": " + value + "}"
        : "{" + path.substring(0, dot) + ": " + nested(path.substring(dot + 1), value) + "}";
  }

  private static boolean explained(List<String> lines, String key) {
    for (var i = 1; i < lines.size(); i++) {
      if (lines.get(i).strip().startsWith(key + ":") && lines.get(i - 1).strip().startsWith("#")) {
        return true;
      }
    }
    return false;
  }
}
