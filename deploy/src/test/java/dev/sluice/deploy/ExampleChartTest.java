package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.DatabaseMigration;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ExampleChartTest {

  @Test
  void oneVersionIsTheTagOfBothImagesTheRevisionAndWhatThePodsRequire() {
    var manifests = render(Map.of("version", "2.0.0"));

    var migration = Manifests.one(DatabaseMigration.class, manifests).getSpec();
    assertThat(migration.image()).isEqualTo("registry.example.com/shop-migrations:2.0.0");
    assertThat(migration.revision()).isEqualTo("2.0.0");
    var template = Manifests.one(Deployment.class, manifests).getSpec().getTemplate();
    assertThat(template.getMetadata().getAnnotations())
        .containsEntry("sluice.dev/requires", "shop@2.0.0");
    assertThat(template.getSpec().getSchedulingGates())
        .singleElement()
        .satisfies(gate -> assertThat(gate.getName()).isEqualTo("sluice.dev/migration"));
    assertThat(template.getSpec().getContainers())
        .singleElement()
        .satisfies(app -> assertThat(app.getImage()).isEqualTo("registry.example.com/shop:2.0.0"));
  }

  @Test
  void theMigrationFitsTheSchemaWithAndWithoutAnAuthority() {
    assertThat(List.of("", "database-ca"))
        .flatExtracting(ca -> Manifests.trees(render(Map.of("database.ca", ca))))
        .filteredOn(tree -> tree.path("kind").asText().equals("DatabaseMigration"))
        .hasSize(2)
        .allSatisfy(tree -> assertThat(Schema.ofMigration().problems(tree)).isEmpty())
        .anySatisfy(tree ->
            assertThat(tree.at("/spec/database/tls/ca/configMap/name").asText())
                .isEqualTo("database-ca"));
  }

  private static String render(Map<String, String> set) {
    return Folders.EXAMPLE_CHART.render(new Installation("shop", "default", set, List.of()));
  }
}
