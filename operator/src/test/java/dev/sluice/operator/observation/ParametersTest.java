package dev.sluice.operator.observation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.DatabaseMigrationSpec;
import dev.sluice.operator.observation.DesiredMigration.SpecReading;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Specs that the schema of another version let pass. */
final class ParametersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "parameters: {1st: hidden} | spec.changelog.parameters has the name 1st",
        "parameters: {'a b': hidden} | spec.changelog.parameters has the name a b",
        "parameters: {'': hidden} | spec.changelog.parameters has the name",
        "parametersFrom: [{}] | spec.changelog.parametersFrom needs exactly one of",
        "parametersFrom: [{secretRef: {}}] | spec.changelog.parametersFrom needs exactly one of",
        "parametersFrom: [{secretRef: {name: a}, configMapRef: {name: b}}] |"
            + " spec.changelog.parametersFrom needs exactly one of"
      })
  void whatIsWrongIsNamedWithoutAValue(String parameters, String problem) {
    assertThat(read(parameters))
        .isInstanceOfSatisfying(
            SpecReading.Unreadable.class,
            unreadable ->
                assertThat(unreadable.problem()).startsWith(problem).doesNotContain("hidden"));
  }

  @Test
  void tooManyCharactersAreRefused() {
    var four = "a: %1$s, b: %1$s, c: %1$s, d: %1$s".formatted("x".repeat(4095));

    assertThat(read("parameters: {" + four + "}")).isInstanceOf(SpecReading.Understood.class);
    assertThat(read("parameters: {" + four + ", e: x}"))
        .isInstanceOfSatisfying(
            SpecReading.Unreadable.class,
            unreadable ->
                assertThat(unreadable.problem())
                    .startsWith("spec.changelog.parameters has more than 16384 characters in all"));
  }

  @Test
  void whatTheSchemaTakesIsRead() {
    assertThat(
            read(
                "parameters: {_a.b:c-d: 'x y', Z: ''}, parametersFrom: [{secretRef: {name: a}},"
                    + " {configMapRef: {name: a, optional: true}}]"))
        .isInstanceOf(SpecReading.Understood.class);
  }

  private static SpecReading read(String parameters) {
    return DesiredMigration.read(
        new KubernetesSerialization()
            .unmarshal(
                """
                image: registry.example/shop:1.42.0
                changelog: {path: root.yaml, %s}
                database: {host: db.example, name: shop, credentials: {secret: {name: shop-db}}}
                """
                    .formatted(parameters),
                DatabaseMigrationSpec.class));
  }
}
