package dev.sluice.api;

import static dev.sluice.api.SchemaRules.rule;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;

/**
 * Which variables our runner takes: others reach into its process, not into its work. The message
 * can't have the name: reading it costs more than the API server allows.
 */
final class RunnerVariableRules {
  private RunnerVariableRules() {}

  static void add(JSONSchemaProps spec) {
    rule(
        spec,
        ToolRules.TOOL
            + " || !has(self.pod) || !has(self.pod.env) || self.pod.env.all(e, e.name.matches('"
            + RunnerVariables.PATTERN
            + "'))",
        "spec.pod.env must not set other variables (LD_*, JAVA_*, JDK_*, LIQUIBASE_* ...)"
            + RunnerVariables.INSTEAD);
  }
}
