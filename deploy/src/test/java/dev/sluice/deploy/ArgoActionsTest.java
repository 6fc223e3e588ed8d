package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Argo CD offers to do with a DatabaseMigration, and what comes of it. */
final class ArgoActionsTest {

  static Stream<Arguments> discoveryTests() {
    return ArgoCustomization.actionTests("discoveryTests")
        .map(test -> arguments(test.path("inputPath").asText(), test));
  }

  static Stream<Arguments> actionTests() {
    return ArgoCustomization.actionTests("actionTests")
        .map(
            test -> arguments(test.path("action").asText(), test.path("inputPath").asText(), test));
  }

  static List<Path> objects() {
    return ArgoCustomization.objects();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("discoveryTests")
  void offersWhatIsOfUse(String input, JsonNode test) {
    var wanted = JsonNodeFactory.instance.objectNode();
    test.path("result")
        .forEach(action ->
            wanted.putObject(action.path("name").asText()).set("disabled", action.get("disabled")));
    var object = ArgoCustomization.actionObject(test, "inputPath");
    assertThat(ArgoCustomization.DISCOVERY.run(object)).isEqualTo(wanted);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("actionTests")
  void changesOneThing(String action, String input, JsonNode test) {
    var object = ArgoCustomization.actionObject(test, "inputPath");
    var wanted = ArgoCustomization.actionObject(test, "expectedOutputPath");
    assertThat(ArgoCustomization.action(action).run(object)).isEqualTo(Lua.normal(wanted));
  }

  @Test
  void whatIsOfferedIsThereAndTried() {
    var object = ArgoCustomization.objects().getFirst();
    assertThat(ArgoCustomization.DISCOVERY.run(Manifests.trees(object).getFirst()).fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(ArgoCustomization.actions());
    assertThat(ArgoCustomization.actionTests("actionTests"))
        .extracting(test -> test.path("action").asText())
        .containsAll(ArgoCustomization.actions());
  }

  @ParameterizedTest
  @MethodSource("objects")
  void objectsOfTheTestsFitTheSchema(Path file) {
    assertThat(Schema.ofMigration().problems(Manifests.trees(file).getFirst())).isEmpty();
  }

  @Test
  void aSpecThatCannotBeReadIsOfferedNothingThatFails() {
    var unreadable = JsonNodeFactory.instance.objectNode();
    unreadable.putObject("metadata");
    var offered = ArgoCustomization.DISCOVERY.run(unreadable);
    assertThat(offered.at("/retry/disabled").asBoolean()).isTrue();
    assertThat(offered.at("/approve/disabled").asBoolean()).isTrue();
  }
}
