package dev.sluice.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;

/** The real kubectl, in one namespace. */
final class Kubectl {
  private static final Pattern HEADER = Pattern.compile("\\S+ *");
  private static final Path HOME = home();

  private final String namespace;

  Kubectl(TestNamespace stage) {
    namespace = stage.namespace;
  }

  /** What it said, on both streams, and how it ended. */
  record Said(int exit, String text) {}

  Process start(String... arguments) {
    var command = new ArrayList<String>();
    command.add(TestApiServer.shared().kubectl().toString());
    command.addAll(
        List.of(
            "--kubeconfig",
            HOME.resolve("config").toString(),
            "--cache-dir",
            HOME.toString(),
            "--namespace",
            namespace));
    command.addAll(List.of(arguments));
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Said run(String... arguments) {
    return ended(start(arguments));
  }

  /** With a manifest on its standard input, for {@code -f -}. */
  Said fed(String manifest, String... arguments) {
    var process = start(arguments);
    try (var in = process.getOutputStream()) {
      in.write(manifest.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ended(process);
  }

  static Said ended(Process process) {
    try {
      var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Assertions.assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return new Said(process.exitValue(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String said(String... arguments) {
    var said = run(arguments);
    Assertions.assertThat(said.exit()).as(said.text()).isZero();
    return said.text();
  }

  JsonNode object(String name) {
    try {
      return new ObjectMapper().readTree(said("get", "dbm", name, "-o", "json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The cells that {@code kubectl get dbm NAME} prints, by column. */
  Map<String, String> columns(String name) {
    var lines = said("get", "dbm", name).lines().toList();
    var row = lines.get(1);
    var cells = new LinkedHashMap<String, String>();
    HEADER
        .matcher(lines.getFirst())
        .results()
        .forEach(h ->
            cells.put(
                h.group().strip(),
                row.substring(Math.min(h.start(), row.length()), Math.min(h.end(), row.length()))
                    .strip()));
    return cells;
  }

  private static Path home() {
    try {
      var home = Files.createTempDirectory("sluice-kubectl");
      Files.writeString(home.resolve("config"), TestApiServer.shared().kubeconfig());
      return home;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
