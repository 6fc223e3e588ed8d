package dev.sluice.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What Argo CD is told of our kind, in the layout in which its own repository takes it. */
final class ArgoCustomization {
  private static final Path KIND =
      Path.of("argocd/resource_customizations/sluice.dev/DatabaseMigration");
  static final Path ACTIONS = KIND.resolve("actions");

  static final Lua HEALTH = Lua.of(KIND.resolve("health.lua"));
  static final Lua DISCOVERY = Lua.of(ACTIONS.resolve("discovery.lua"));

  private ArgoCustomization() {}

  static Lua action(String name) {
    return Lua.of(ACTIONS.resolve(name).resolve("action.lua"));
  }

  /** Those that have a script. */
  static List<String> actions() {
    try (var folders = Files.list(ACTIONS)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("action.lua")))
          .map(folder -> Objects.toString(folder.getFileName()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<JsonNode> healthTests() {
    return list(tree(KIND.resolve("health_test.yaml")).path("tests"));
  }

  static JsonNode healthObject(JsonNode test) {
    return tree(KIND.resolve(test.path("inputPath").asText()));
  }

  static Stream<JsonNode> actionTests(String list) {
    return list(tree(ACTIONS.resolve("action_test.yaml")).path(list));
  }

  static JsonNode actionObject(JsonNode test, String field) {
    return tree(ACTIONS.resolve(test.path(field).asText()));
  }

  /** All objects that the tests of both read. */
  static List<Path> objects() {
    try (var walk = Files.walk(KIND)) {
      return walk.filter(file -> file.toString().contains("/testdata/"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode tree(Path file) {
    return Manifests.trees(file).getFirst();
  }

  private static Stream<JsonNode> list(JsonNode array) {
    Iterator<JsonNode> items = array.elements();
    return StreamSupport.stream(Spliterators.spliterator(items, array.size(), 0), false);
  }
}
