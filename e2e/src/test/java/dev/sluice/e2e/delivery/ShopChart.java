package dev.sluice.e2e.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.e2e.harness.Changelog;
import dev.sluice.e2e.harness.Site;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The chart of deploy/examples/helm, with images of the versions of which docs/helm.md speaks. */
final class ShopChart {

  private static final Path FOLDER = Path.of("../deploy/examples/helm");
  private static final String MIGRATION = "templates/migration.yaml";
  private static final Map<String, String> VERSIONS =
      Map.of(
          "1.42.0", Shop.USERS, "1.43.0", Shop.SLOW, "1.44.0", Shop.BROKEN, "1.45.0", Shop.MENDED);

  private final String migrations;
  private final String application;

  private ShopChart(String migrations, String application) {
    this.migrations = migrations;
    this.application = application;
  }

  static ShopChart build(Site site) {
    return build(site, VERSIONS);
  }

  /** With the first version only. */
  static ShopChart buildFirst(Site site) {
    return build(site, Map.of("1.42.0", Shop.USERS));
  }

  private static ShopChart build(Site site, Map<String, String> versions) {
    var name = site.namespace();
    var images =
        versions.entrySet().stream()
            .map(version ->
                site.image(
                    name + ":" + version.getKey(),
                    Changelog.file(
                        "changelog/root.sql",
                        "--liquibase formatted sql\n\n" + version.getValue())))
            .toList();
    return new ShopChart(repository(images.getFirst()), site.program(Waiting.class));
  }

  /** Puts it into the folder {@code shop} of the shop's terminal, with the values of this place. */
  void writeTo(Shop shop) {
    writeTo(shop, "shop", List.of("Chart.yaml", MIGRATION, "templates/application.yaml"));
  }

  /** Only the migration, into {@code shop-migration}. */
  void migrationTo(Shop shop) {
    writeTo(shop, "shop-migration", List.of("Chart.yaml", MIGRATION));
  }

  private void writeTo(Shop shop, String folder, List<String> files) {
    try {
      for (var file : files) {
        shop.terminal().write(folder + "/" + file, Files.readString(FOLDER.resolve(file)));
      }
      var values =
          Serialization.unmarshal(
              Files.readString(FOLDER.resolve("values.yaml")), ObjectNode.class);
      values.withObject("/migrations/image").put("repository", migrations);
      values
          .withObject("/application/image")
          .put("repository", repository(application))
          .put("tag", tag(application));
      values
          .withObject("/database")
          .put("host", shop.database().host())
          .put("name", shop.database().name())
          .put("secret", shop.database().user())
          .put("ca", Site.AUTHORITY);
      shop.terminal().write(folder + "/values.yaml", Serialization.asYaml(values));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String repository(String image) {
    return image.substring(0, image.lastIndexOf(':'));
  }

  private static String tag(String image) {
    return image.substring(image.lastIndexOf(':') + 1);
  }
}
