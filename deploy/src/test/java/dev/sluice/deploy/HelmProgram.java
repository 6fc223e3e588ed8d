package dev.sluice.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real Helm at a cluster; its folder is the repository's root, as in the documents. */
record HelmProgram(Path folder, Path kubeconfig) {
  /** {@code helm3} or {@code helm4}. */
  static HelmProgram of(String program, Path folder, Path kubeconfig) throws IOException {
    Files.createSymbolicLink(folder.resolve("helm"), BuiltProgram.of(program));
    return new HelmProgram(folder, kubeconfig);
  }

  /** Runs bash lines; the first that fails ends them. */
  BuiltProgram.Ended run(String lines) {
    var builder = new ProcessBuilder("bash", "-ec", lines);
    var environment = builder.environment();
    environment.put("KUBECONFIG", kubeconfig.toString());
    environment.merge("PATH", "", (path, _) -> folder + ":" + path);
    List.of("HELM_CACHE_HOME", "HELM_CONFIG_HOME", "HELM_DATA_HOME")
        .forEach(cache -> environment.put(cache, folder.resolve("cache").toString()));
    return BuiltProgram.run(builder);
  }
}
