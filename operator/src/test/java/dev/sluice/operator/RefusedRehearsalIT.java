package dev.sluice.operator;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API server refuses of spec.rehearsal; no operator runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RefusedRehearsalIT {
  private static final String TOOL =
      """
      apiVersion: sluice.dev/v1alpha1
      kind: DatabaseMigration
      metadata: {name: tool}
      spec:
        image: a/flyway:1
        command: [flyway]
        database: {host: db.example, name: shop, credentials: {secret: {name: shop-db}}}
        rehearsal: %s
      """;

  private final TestNamespace stage = new TestNamespace();

  @AfterAll
  void stop() {
    stage.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{mode: Enforce}",
        "{mode: Warn, image: 'registry.example/postgis:17-3.5'}",
        "{urlSecret: {name: shop-clone, key: uri}}",
        "{mode: Never}"
      })
  void aGoodOneIsTaken(String rehearsal) {
    assertThatCode(() -> stage.apply(runner(rehearsal))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{image: 'a/pg:17', urlSecret: {name: s, key: k}} | spec.rehearsal has image beside"
            + " urlSecret: keep image to start a server in the run's pod, or urlSecret to use one"
            + " that runs already",
        "{mode: Never, image: 'a/pg:17'} | spec.rehearsal.mode Never rehearses nothing: leave out"
            + " image and urlSecret, or set mode to Enforce or Warn",
        "{mode: Never, urlSecret: {name: s, key: k}} | spec.rehearsal.mode Never rehearses nothing",
        "{mode: Maybe} | spec.rehearsal.mode: Unsupported value: \"Maybe\": supported values:"
            + " \"Enforce\", \"Never\", \"Warn\"",
        "{image: 'a/pg:17 --privileged'} | spec.rehearsal.image is not an image reference",
        "{image: ''} | spec.rehearsal.image",
        "{urlSecret: {name: 'A b', key: k}} | spec.rehearsal.urlSecret.name is not the name of a"
            + " Secret",
        "{urlSecret: {name: s, key: ../k}} | spec.rehearsal.urlSecret.key must be a key of a"
            + " Secret",
        "{urlSecret: {name: s}} | spec.rehearsal.urlSecret.key: Required value",
        "{urlSecret: {key: k}} | spec.rehearsal.urlSecret.name: Required value"
      })
  void names(String rehearsal, String message) {
    assertThatThrownBy(() -> stage.apply(runner(rehearsal)))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{mode: Warn}", "{image: 'a/pg:17'}"})
  void anotherToolDoesNotRehearse(String rehearsal) {
    assertThatThrownBy(() -> stage.apply(TOOL.formatted(rehearsal)))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(
            "spec.rehearsal.mode must be Never beside spec.command and spec.args: only Sluice's own"
                + " runner rehearses; leave spec.rehearsal out");
  }

  @Test
  void anotherToolMaySayThatItDoesNot() {
    assertThatCode(() -> stage.apply(TOOL.formatted("{mode: Never}"))).doesNotThrowAnyException();
  }

  private static String runner(String rehearsal) {
    return TestNamespace.manifest("good", "a/shop:1") + "  rehearsal: " + rehearsal + "\n";
  }
}
