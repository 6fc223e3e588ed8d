package dev.sluice.migrations.folder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The tables {@code [flyway]} and {@code [environments.NAME]} of a TOML file. */
final class FlywayToml {
  private FlywayToml() {}

  /** By Flyway's names; of the environments only the one that is used. */
  static Map<String, String> of(FolderFiles files, String name, String text) {
    try {
      var root = new TomlMapper().readTree(text);
      var flyway = root.path("flyway");
      var values = new HashMap<String, String>();
      collect(
          "", root.path("environments").path(flyway.path("environment").asText("default")), values);
      collect("", flyway, values);
      return values;
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw files.refused(
          name, "isn't TOML" + (at == null ? "" : ": see line " + at.getLineNr()), "mend it");
    }
  }

  private static void collect(String prefix, JsonNode table, Map<String, String> values) {
    table
        .properties()
        .forEach(entry -> {
          var value = entry.getValue();
          var key = prefix + entry.getKey();
          if (value.isObject()) {
            collect(key + ".", value, values);
          } else {
            values.put(key, text(value));
          }
        });
  }

  private static String text(JsonNode value) {
    return value.isArray()
        ? StreamSupport.stream(value.spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(","))
        : value.asText();
  }
}
