package dev.sluice.e2e.argocd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.Site;
import dev.sluice.e2e.harness.WithPrograms;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Health check and actions in Argo CD's own Lua, by its program and the file that is installed. */
@WithPrograms("argocd")
@ExtendWith(OnCluster.class)
final class ArgoLuaE2E {

  private static final Path CONFIG = ArgoCd.ROOT.resolve("deploy/argocd/argocd-cm.yaml");
  private static final Path KIND =
      ArgoCd.ROOT.resolve("deploy/argocd/resource_customizations/sluice.dev/DatabaseMigration");
  private static final Path ACTIONS = KIND.resolve("actions");

  /** In the place of diff: prints the second of two files. */
  private static final String DIFF = "#!/bin/sh\ncat \"$2\"\n";

  private final Site site;

  ArgoLuaE2E(Site site) {
    this.site = site;
  }

  @Test
  void healthIsWhatTheTestsWant() {
    var tests = list(KIND.resolve("health_test.yaml"), "tests");
    var told = run(tests, KIND, "health");
    for (var i = 0; i < tests.size(); i++) {
      var health = tests.get(i).path("healthStatus");
      var deleting = tests.get(i).path("inputPath").asText().contains("deleting");
      // of what is being deleted this version speaks without asking the script
      var message = deleting ? "Pending deletion" : health.path("message").asText();
      assertThat(told.get(i))
          .isEqualTo(
              "STATUS: %s\nMESSAGE: %s\n".formatted(health.path("status").asText(), message));
    }
  }

  @Test
  void offersWhatTheTestsWant() {
    var tests = list(ACTIONS.resolve("action_test.yaml"), "discoveryTests");
    var told = run(tests, ACTIONS, "list-actions");
    for (var i = 0; i < tests.size(); i++) {
      var wanted = new ArrayList<String>();
      tests
          .get(i)
          .path("result")
          .forEach(a -> wanted.add(a.path("name").asText() + " " + a.path("disabled").asText()));
      assertThat(told.get(i).replaceAll(" +", " ").lines().skip(1))
          .as(tests.get(i).path("inputPath").asText())
          .containsExactlyInAnyOrderElementsOf(wanted);
    }
  }

  @Test
  void doesWhatTheTestsWant() {
    var tests = list(ACTIONS.resolve("action_test.yaml"), "actionTests");
    var told = run(tests, ACTIONS, "run-action");
    for (var i = 0; i < tests.size(); i++) {
      var wanted = ACTIONS.resolve(tests.get(i).path("expectedOutputPath").asText());
      var object = told.get(i).substring(told.get(i).indexOf("apiVersion:"));
      assertThat(tree(object)).isEqualTo(tree(wanted));
    }
  }

  /** What the program says in each of the tests. */
  private List<String> run(List<JsonNode> tests, Path folder, String command) {
    try (var terminal = site.terminal(Map.of("argocd", "argocd"))) {
      terminal.write("diff", DIFF);
      var script = new StringBuilder("chmod +x diff\nexport KUBECTL_EXTERNAL_DIFF=$PWD/diff\n");
      for (var test : tests) {
        script.append(
            """
            env -u KUBECONFIG argocd admin settings resource-overrides %s %s %s \\
              --argocd-cm-path %s 2>errors || { cat errors; exit 1; }
            echo ==
            """
                .formatted(
                    command,
                    folder.resolve(test.path("inputPath").asText()),
                    test.path("action").asText(),
                    CONFIG));
      }
      return Arrays.asList(terminal.run(script.toString()).succeeded().split("==\n", -1));
    }
  }

  private static List<JsonNode> list(Path file, String name) {
    var list = new ArrayList<JsonNode>();
    tree(file).path(name).forEach(list::add);
    assertThat(list).isNotEmpty();
    return list;
  }

  private static JsonNode tree(Path file) {
    try {
      return tree(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode tree(String yaml) {
    return Serialization.unmarshal(yaml, JsonNode.class);
  }
}
