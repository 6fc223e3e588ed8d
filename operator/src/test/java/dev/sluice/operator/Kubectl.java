package dev.sluice.operator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real kubectl, in a namespace. */
record Kubectl(Path kubeconfig, String namespace) {

  static Kubectl in(Stage stage, Path folder) {
    try {
      var file = folder.resolve("kubeconfig");
      return new Kubectl(Files.writeString(file, ApiServer.shared().kubeconfig()), stage.namespace);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it came to: all that it said, and its exit code. */
  record Said(String text, int exit) {}

  Said run(String... arguments) {
    return fed("", arguments);
  }

  /** With a manifest on its standard input, for {@code -f -}. */
  Said fed(String manifest, String... arguments) {
    var command = new ArrayList<>(List.of(ApiServer.shared().kubectl().toString()));
    command.addAll(List.of("--kubeconfig", kubeconfig.toString(), "-n", namespace));
    command.addAll(List.of(arguments));
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (var in = process.getOutputStream()) {
        in.write(manifest.getBytes(StandardCharsets.UTF_8));
      }
      var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Said(text, process.waitFor());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while kubectl ran", e);
    }
  }
}
