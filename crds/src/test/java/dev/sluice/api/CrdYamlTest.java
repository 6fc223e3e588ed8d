package dev.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class CrdYamlTest {
  private static final Path COMMITTED = Path.of("databasemigrations.sluice.dev.yaml");

  @Test
  void committedYamlIsWhatTheRecordsGenerate() throws IOException {
    assertThat(Files.readString(COMMITTED))
        .as("the CRD differs from the records; mend with: mvn -pl crds test-compile exec:exec@crd")
        .isEqualTo(CrdYaml.text());
  }

  @Test
  void everyFieldIsDescribed() {
    var crd = Serialization.unmarshal(CrdYaml.text(), CustomResourceDefinition.class);
    var version = crd.getSpec().getVersions().getFirst();
    assertThat(undescribed("", version.getSchema().getOpenAPIV3Schema()).toList()).isEmpty();
  }

  private static Stream<String> undescribed(String path, JSONSchemaProps schema) {
    var properties =
        Objects.requireNonNullElse(schema.getProperties(), Map.<String, JSONSchemaProps>of());
    var here =
        properties.entrySet().stream()
            .filter(e -> !List.of("metadata", "apiVersion", "kind").contains(e.getKey()))
            .flatMap(e -> described(path + "." + e.getKey(), e.getValue()));
    var items = schema.getItems() == null ? null : schema.getItems().getSchema();
    return items == null ? here : Stream.concat(here, undescribed(path + "[]", items));
  }

  private static Stream<String> described(String path, JSONSchemaProps field) {
    var missing = field.getDescription() == null || field.getDescription().isBlank();
    return Stream.concat(missing ? Stream.of(path) : Stream.of(), undescribed(path, field));
  }

  @Test
  void clientSideApplyHasRoomForIt() throws IOException {
    assertThat(Files.size(COMMITTED)).isLessThan(100_000);
  }
}
