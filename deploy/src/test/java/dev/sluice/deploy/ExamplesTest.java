package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.api.DatabaseMigration;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExamplesTest {
  private static final Path DEMO = Folders.EXAMPLES.resolve("demo");

  static List<Path> examples() {
    return Folders.examples();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void exampleParsesWithNoUnknownField(Path file) {
    assertThat(Manifests.trees(file)).isNotEmpty().allSatisfy(Manifests::object);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void exampleFitsTheSchema(Path file) {
    assertThat(Manifests.trees(file))
        .filteredOn(tree -> tree.path("kind").asText().equals("DatabaseMigration"))
        .allSatisfy(tree -> assertThat(Schema.ofMigration().problems(tree)).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void exampleSaysWhatItIs(Path file) throws IOException {
    assertThat(Files.readString(file)).startsWith("# ");
  }

  @ParameterizedTest
  @MethodSource("examples")
  void exampleChoosesNoNamespace(Path file) {
    assertThat(Manifests.trees(file))
        .extracting(tree -> tree.at("/metadata/namespace"))
        .allMatch(JsonNode::isMissingNode);
  }

  @ParameterizedTest
  @CsvSource({"gated-application.yaml, gate.md", "argocd.yaml, argocd.md"})
  void thePageShowsTheExample(String example, String page) throws IOException {
    var lines = Files.readString(Folders.EXAMPLES.resolve(example)).lines();
    assertThat(Files.readString(Path.of("../docs").resolve(page)))
        .contains(lines.dropWhile(line -> line.startsWith("#")).collect(Collectors.joining("\n")));
  }

  @Test
  void schemaNamesWhatIsWrong() {
    var migration = JsonNodeFactory.instance.objectNode();
    migration.putObject("spec").put("imag", "x").putObject("run").put("attempts", "five");
    assertThat(Schema.ofMigration().problems(migration))
        .contains(
            ".spec.database is missing",
            ".spec.imag is unknown",
            ".spec.run.attempts is no integer");
  }

  @Test
  void demoKeepsOneNameOverItsRevisions() {
    assertThat(
            Stream.of("shop-1.0.yaml", "shop-1.1.yaml", "shop-1.2.yaml")
                .map(DEMO::resolve)
                .toList())
        .flatExtracting(Manifests::trees)
        .map(Manifests::object)
        .map(DatabaseMigration.class::cast)
        .extracting(HasMetadata::getMetadata)
        .allMatch(meta -> meta.getName().equals("shop"));
  }

  @Test
  void demoRevisionsDifferInTheirLastFileOnly() throws IOException {
    for (var file : files("1.0.0")) {
      if (!file.equals("root.yaml")) {
        var first = Files.readString(DEMO.resolve("changelog-1.0.0").resolve(file));
        assertThat(DEMO.resolve("changelog-1.1.0").resolve(file)).hasContent(first);
        assertThat(DEMO.resolve("changelog-1.2.0").resolve(file)).hasContent(first);
      }
    }
    assertThat(files("1.2.0")).isEqualTo(files("1.1.0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0.0", "1.1.0", "1.2.0"})
  void demoChangelogIncludesEveryFile(String revision) throws IOException {
    var root = DEMO.resolve("changelog-" + revision).resolve("root.yaml");
    assertThat(Manifests.trees(root).getFirst().findValuesAsText("file"))
        .containsExactlyElementsOf(
            files(revision).stream().filter(file -> !file.equals("root.yaml")).toList());
  }

  private static List<String> files(String revision) throws IOException {
    try (var list = Files.list(DEMO.resolve("changelog-" + revision))) {
      return list.map(file -> Objects.toString(file.getFileName())).sorted().toList();
    }
  }
}
