package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The snippet for argocd-cm has the very texts that the tests run. */
final class ArgoConfigTest {
  private static final Path CONFIG = Path.of("argocd/argocd-cm.yaml");

  @Test
  void healthIsThatOfTheLayout() {
    assertThat(data("health")).isEqualTo(ArgoCustomization.HEALTH.script());
  }

  @Test
  void actionsAreThoseOfTheLayout() {
    var actions = Manifests.trees(data("actions")).getFirst();
    assertThat(actions.path("discovery.lua").asText())
        .isEqualTo(ArgoCustomization.DISCOVERY.script());
    var definitions = actions.path("definitions");
    assertThat(definitions)
        .extracting(definition -> definition.path("name").asText())
        .containsExactlyInAnyOrderElementsOf(ArgoCustomization.actions());
    assertThat(definitions)
        .allSatisfy(definition ->
            assertThat(definition.path("action.lua").asText())
                .isEqualTo(ArgoCustomization.action(definition.path("name").asText()).script()));
  }

  @Test
  void itIsAConfigMapWithNothingElse() {
    assertThat(Manifests.object(config())).isNotNull();
    assertThat(config().path("data").size()).isEqualTo(2);
  }

  @Test
  void itSaysHowItIsInstalled() throws IOException {
    assertThat(Files.readString(CONFIG)).contains("-f deploy/" + CONFIG);
  }

  private static String data(String what) {
    var key = "resource.customizations." + what + ".sluice.dev_DatabaseMigration";
    return config().path("data").path(key).asText();
  }

  private static JsonNode config() {
    return Manifests.trees(CONFIG).getFirst();
  }
}
