package dev.sluice.deploy;

import java.nio.file.Path;
import java.util.List;

/** {@code main(CHART_FOLDER, OPTION...)}: installs the chart, or prints what it would install. */
final class Main {
  private Main() {}

  public static void main(String[] args) {
    try {
      run(new Chart(Path.of(args[0])), List.of(args).subList(1, args.length));
    } catch (IllegalArgumentException | IllegalStateException e) {
      System.err.println("install: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void run(Chart chart, List<String> options) {
    var line = CommandLine.parse(options, kubeconfig());
    if (line.print()) {
      System.out.print(chart.render(line.installation()));
    } else {
      var release = chart.install(line.installation(), line.kubeconfig(), line.patience());
      System.out.printf(
          "%s in %s: %s, revision %s%n",
          release.getName(), release.getNamespace(), release.getStatus(), release.getRevision());
    }
  }

  private static Path kubeconfig() {
    var named = System.getenv("KUBECONFIG");
    return named == null || named.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".kube", "config")
        : Path.of(named);
  }
}
