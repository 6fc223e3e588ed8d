package dev.sluice.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The CRD's schema, as far as it goes without CEL: fields, required, type, enum. */
record Schema(JsonNode node) {

  /** What every object has, and no schema tells. */
  private static final Set<String> COMMON = Set.of(".apiVersion", ".kind", ".metadata");

  static Schema ofMigration() {
    var crd = Manifests.trees(Folders.CRD).getFirst();
    return new Schema(crd.at("/spec/versions/0/schema/openAPIV3Schema"));
  }

  /** What is wrong with the value, one sentence each. */
  List<String> problems(JsonNode value) {
    return problems("", value).toList();
  }

  private Stream<String> problems(String path, JsonNode value) {
    var type = node.path("type").asText();
    if (!type.isEmpty() && !fits(type, value)) {
      return Stream.of(path + " is no " + type);
    }
    return switch (type) {
      case "object" -> Stream.concat(missing(path, value), fields(path, value));
      case "array" ->
          stream(value).flatMap(item -> new Schema(node.path("items")).problems(path + "[]", item));
      default ->
          !node.has("enum") || stream(node.path("enum")).anyMatch(value::equals)
              ? Stream.of()
              : Stream.of(path + " is none of " + node.path("enum"));
    };
  }

  private Stream<String> missing(String path, JsonNode value) {
    return stream(node.path("required"))
        .map(JsonNode::asText)
        .filter(name -> !value.has(name))
        .map(name -> path + "." + name + " is missing");
  }

  private Stream<String> fields(String path, JsonNode value) {
    return value.properties().stream()
        .flatMap(field -> {
          var inside = path + "." + field.getKey();
          var named = node.path("properties").path(field.getKey());
          var schema = named.isMissingNode() ? node.path("additionalProperties") : named;
          if (schema.isMissingNode() && !COMMON.contains(inside)) {
            return Stream.of(inside + " is unknown");
          }
          return new Schema(schema).problems(inside, field.getValue());
        });
  }

  private static boolean fits(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "integer" -> value.isIntegralNumber();
      case "boolean" -> value.isBoolean();
      default -> value.isTextual();
    };
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
