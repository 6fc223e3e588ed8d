package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

/** The health check for Argo CD, run as Argo CD runs it: the object in, status and message out. */
final class ArgoHealthTest {
  private static final String KEY = "resource.customizations.health.sluice.dev_DatabaseMigration";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                                    | Progressing",
        "{observedGeneration: -1}                                              | Progressing",
        "{observedGeneration: 1, conditions: [{type: Ready, status: 'True'}]}  | Progressing",
        "{observedGeneration: 2, conditions: []}                               | Progressing",
        "{observedGeneration: 2, conditions: [{type: Ready, status: 'True'}]}  | Healthy",
        "{observedGeneration: 2, conditions: [{type: Ready, status: 'False'}]} | Progressing",
        "{observedGeneration: 2, conditions: [{type: Ready, status: 'False'},"
            + " {type: Reconciling, status: 'True'}]} | Progressing",
        "{observedGeneration: 1, conditions: [{type: Ready, status: 'False', reason: Suspended}]}"
            + "| Progressing",
        "{observedGeneration: 1, conditions: [{type: Ready, status: 'False'},"
            + " {type: Stalled, status: 'True'}]} | Progressing",
        "{observedGeneration: 2, conditions: [{type: Ready, status: 'False', reason: Suspended}]}"
            + "| Suspended",
        "{observedGeneration: 2, conditions: [{type: Stalled, status: 'True', message: why},"
            + " {type: Ready, status: 'False', message: why}]} | Degraded"
      })
  void healthFollowsTheConditions(String status, String health) {
    var result = health("{metadata: {generation: 2}, status: " + status + "}");
    assertThat(result.get("status").tojstring()).isEqualTo(health);
  }

  @ParameterizedTest
  @CsvSource({"False, Ready", "True, Stalled"})
  void messageIsTheConditions(String status, String type) {
    var condition = "{type: " + type + ", status: '" + status + "', message: why}";
    var result =
        health(
            "{metadata: {generation: 2}, status: {observedGeneration: 2, conditions: ["
                + condition
                + "]}}");
    assertThat(result.get("message").tojstring()).isEqualTo("why");
  }

  private static LuaValue health(String object) {
    var config = Manifests.trees(Folders.EXAMPLES.resolve("argocd/health.yaml")).getFirst();
    var lua = JsePlatform.standardGlobals();
    lua.set("obj", lua(Manifests.trees(object).getFirst()));
    return lua.load(config.path("data").path(KEY).asText()).call();
  }

  private static LuaValue lua(JsonNode node) {
    if (node.isInt()) {
      return LuaValue.valueOf(node.intValue());
    }
    if (!node.isContainerNode()) {
      return LuaValue.valueOf(node.asText());
    }
    var table = new LuaTable();
    node.properties().forEach(field -> table.set(field.getKey(), lua(field.getValue())));
    for (var i = 0; node.isArray() && i < node.size(); i++) {
      table.set(i + 1, lua(node.get(i)));
    }
    return table;
  }
}
