package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The two ways in which a team gets the init container, rendered. */
final class WaitManifests {
  private static final Path TEAM = Path.of("src/test/charts/shop");
  private static final Path LIBRARY = Path.of("chart/sluice-wait");

  private WaitManifests() {}

  /** {@code kubectl kustomize} of a folder. */
  static String kustomize(LocalApiServer server, Path folder)
      throws IOException, InterruptedException {
    var kubectl = server.folder().resolve("kubectl").toString();
    var process =
        new ProcessBuilder(kubectl, "kustomize", folder.toString())
            .redirectErrorStream(true)
            .start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  /** {@code helm template} of a team's chart that has the library. */
  static String helm(Path scratch, Map<String, String> set) {
    var folder = scratch.resolve("shop");
    if (!Files.exists(folder)) {
      copy(TEAM, folder);
      copy(LIBRARY, folder.resolve("charts/sluice-wait"));
    }
    return new Chart(folder).render(new Installation("shop", "shop", set, List.of()));
  }

  static void copy(Path from, Path to) {
    try (var paths = Files.walk(from)) {
      for (var path : paths.toList()) {
        var target = to.resolve(from.relativize(path));
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
