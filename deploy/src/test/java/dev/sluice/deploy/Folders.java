package dev.sluice.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where things are; tests run in the module's folder. */
final class Folders {
  static final Path EXAMPLES = Path.of("examples");
  static final Path CRD = Path.of("../crds/databasemigrations.sluice.dev.yaml");
  static final Chart CHART = new Chart(Path.of("chart/sluice"));

  static final Chart EXAMPLE_CHART = new Chart(EXAMPLES.resolve("helm"));

  private Folders() {}

  /** All manifests below examples; changelogs are for Liquibase, a chart's templates for Helm. */
  static List<Path> examples() {
    try (var walk = Files.walk(EXAMPLES)) {
      return walk.filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.toString().contains("/changelog-"))
          .filter(file -> !file.startsWith(EXAMPLE_CHART.folder()))
          .filter(file -> !file.endsWith("kustomization.yaml"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
