package dev.sluice.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The chart as one file for {@code kubectl apply}: {@code main(DEPLOY_FOLDER)} writes it anew. */
public final class InstallYaml {
  private static final String CRD = "databasemigrations.sluice.dev.yaml";

  private InstallYaml() {}

  public static void main(String[] args) throws IOException {
    var deploy = Path.of(args[0]);
    var chart = deploy.resolve("chart/sluice");
    Files.copy(
        deploy.resolveSibling("crds").resolve(CRD),
        chart.resolve("files").resolve(CRD),
        StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(deploy.resolve("install.yaml"), text(new Chart(chart)));
  }

  static String text(Chart chart) {
    var standard = Installation.standard();
    return """
    # The chart with its own values, for kubectl apply -f; mvn -pl deploy compile exec:exec@install-yaml writes it anew.
    # Its images are the names that e2e/images gives: to take yours, install the chart with --set image.repository=...
    apiVersion: v1
    kind: Namespace
    metadata:
      name: %s
      labels:
        pod-security.kubernetes.io/enforce: restricted
    """
            .formatted(standard.namespace())
        + chart.render(standard);
  }
}
