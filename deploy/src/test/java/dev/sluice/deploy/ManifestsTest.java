package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ManifestsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{apiVersion: sluice.dev/v1alpha1, kind: DatabaseMigration, metadata: {}, spec: {imag: x}}",
        "{apiVersion: sluice.dev/v1alpha1, kind: DatabaseMigration, spec: {database: {hots: x}}}",
        "{apiVersion: apps/v1, kind: Deployment, spec: {replica: 1}}",
        "{apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: {container: []}}}}",
        "{apiVersion: v1, kind: Secret, stringdata: {a: b}}"
      })
  void unknownFieldFails(String manifest) {
    assertThatThrownBy(() -> Manifests.object(Manifests.trees(manifest).getFirst()))
        .hasMessageContaining("Unrecognized field");
  }

  @Test
  void unknownKindFails() {
    assertThatThrownBy(() -> Manifests.all(Secret.class, "kind: X"))
        .hasMessageContaining("not a known kind:  X");
  }

  @Test
  void keyGivenTwiceFails() {
    assertThatThrownBy(() -> Manifests.trees("a: 1\na: 2")).hasMessageContaining("Duplicate");
  }
}
