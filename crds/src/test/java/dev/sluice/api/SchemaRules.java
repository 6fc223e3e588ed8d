package dev.sluice.api;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import java.util.Map;
import java.util.stream.Stream;

/** CEL rules on a schema. */
final class SchemaRules {
  private SchemaRules() {}

  static void duration(JSONSchemaProps field, String name, String least, String most) {
    field.setType("string");
    field.setXKubernetesPreserveUnknownFields(null);
    field.setMaxLength(16L);
    var message =
        name
            + " must be a duration of whole h, m, s or ms from "
            + least
            + " to "
            + most
            + ", such as 90s or 1h30m";
    rule(
        field,
        "self.matches('^([0-9]{1,6}(h|m|s|ms))+$') && duration(self) >= duration('%s') && duration(self) <= duration('%s')"
            .formatted(least, most),
        message);
  }

  static void rule(JSONSchemaProps schema, String rule, String message) {
    var rules =
        Stream.concat(
            schema.getXKubernetesValidations().stream(),
            Stream.<ValidationRule>of(
                new ValidationRuleBuilder().withRule(rule).withMessage(message).build()));
    schema.setXKubernetesValidations(rules.toList());
  }

  static JSONSchemaProps at(JSONSchemaProps schema, String path) {
    for (var name : path.split("\\.", -1)) {
      Map<String, JSONSchemaProps> properties = schema.getProperties();
      schema = properties.get(name);
      if (schema == null) {
        throw new IllegalStateException(
            "no property " + name + " of " + path + " in " + properties.keySet());
      }
    }
    return schema;
  }
}
