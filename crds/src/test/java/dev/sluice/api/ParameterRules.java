package dev.sluice.api;

import static dev.sluice.api.SchemaRules.at;
import static dev.sluice.api.SchemaRules.rule;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;

/** The rules of the changelog's parameters. */
final class ParameterRules {
  private ParameterRules() {}

  static void add(JSONSchemaProps changelog) {
    var parameters = at(changelog, "parameters");
    parameters.setMaxProperties(100L);
    parameters.getAdditionalProperties().getSchema().setMaxLength(4096L);
    rule(
        parameters,
        "self.all(name, name.matches('^[A-Za-z_][A-Za-z0-9_.:-]{0,127}$'))",
        "spec.changelog.parameters holds a name that isn't one of a parameter: a letter or '_'"
            + " first, then letters, digits, '_', '.', ':' and '-', at most 128");
    rule(
        parameters,
        "self.map(name, name.size() + self[name].size()).sum() <= 16384",
        "spec.changelog.parameters must not hold more than 16384 characters in all: put long values"
            + " into a ConfigMap and name it in spec.changelog.parametersFrom");
    var source = at(changelog, "parametersFrom").getItems().getSchema();
    rule(
        source,
        "has(self.configMapRef) != has(self.secretRef)",
        "spec.changelog.parametersFrom[] needs exactly one of configMapRef and secretRef");
    name(source, "configMapRef", "ConfigMap");
    name(source, "secretRef", "Secret");
  }

  private static void name(JSONSchemaProps source, String reference, String kind) {
    rule(
        at(source, reference + ".name"),
        SpecRules.NAME,
        "spec.changelog.parametersFrom[]."
            + reference
            + ".name is not the name of a "
            + kind
            + ": lower-case letters, digits, '-' and '.'");
  }
}
