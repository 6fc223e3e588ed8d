package dev.sluice.operator;

import static dev.sluice.operator.TestNamespace.manifest;
import static dev.sluice.operator.TestNamespace.trueConditions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.DatabaseMigrationStatus.AppliedRevision;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Parameters of the changelog; each test has a migration of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ParametersIT {
  private static final String DONE = "{\"applied\":1,\"total\":5,\"pending\":0}";
  private static final String NOTHING = "{\"applied\":0,\"total\":5,\"pending\":0}";

  private final TestNamespace stage = new TestNamespace();
  private final SluiceOperator operator = stage.operator();

  @BeforeAll
  void ready() {
    assertThat(operator.port()).isPositive();
  }

  @AfterAll
  void stop() {
    operator.close();
    stage.close();
  }

  @Test
  void theRunHasValuesInItsEnvironmentAndSourcesMounted() {
    stage.apply(
        with(
            "told",
            "parameters: {size: small, region: 'eu $(PGHOST)'}, parametersFrom: [{secretRef: {name:"
                + " keys}}, {configMapRef: {name: region, optional: true}}]"));

    var run = stage.run("told", 1);
    assertThat(environment(run))
        .containsEntry("SLUICE_PARAMETERS", "{\"region\":\"eu $$(PGHOST)\",\"size\":\"small\"}")
        .containsEntry(
            "SLUICE_PARAMETERS_FROM",
            "secret:/var/run/sluice/parameters/0,configMap:/var/run/sluice/parameters/1");
    var pod = run.job().getSpec().getTemplate().getSpec();
    assertThat(pod.getContainers().getFirst().getVolumeMounts())
        .filteredOn(mount -> mount.getName().startsWith("parameters-"))
        .allMatch(mount -> Boolean.TRUE.equals(mount.getReadOnly()))
        .extracting(VolumeMount::getMountPath)
        .containsExactly("/var/run/sluice/parameters/0", "/var/run/sluice/parameters/1");
    assertThat(pod.getVolumes())
        .filteredOn(volume -> volume.getName().startsWith("parameters-"))
        .extracting(ParametersIT::source)
        .containsExactly("keys", "region?");
    assertThat(stage.notes("told", "RunStarted")).noneMatch(note -> note.contains("small"));
  }

  private static String source(Volume volume) {
    var secret = volume.getSecret();
    var configMap = volume.getConfigMap();
    return secret != null
        ? secret.getSecretName() + (Boolean.TRUE.equals(secret.getOptional()) ? "?" : "")
        : configMap.getName() + (Boolean.TRUE.equals(configMap.getOptional()) ? "?" : "");
  }

  @Test
  void withoutAnyTheRunIsToldNothing() {
    stage.apply(with("silent", "parameters: {}, parametersFrom: []"));

    var run = stage.run("silent", 1);
    assertThat(environment(run)).doesNotContainKeys("SLUICE_PARAMETERS", "SLUICE_PARAMETERS_FROM");
    assertThat(run.marks()).doesNotContainKey("sluice.dev/parameters");
  }

  @Test
  void anotherValueAndAnotherListStartOneRunEach() {
    stage.apply(with("changed", "parameters: {region: eu}"));
    stage.run("changed", 1).works().ends(0, DONE);
    stage.stands("changed", "Applied");
    stage.quiet("changed");

    stage.apply(with("changed", "parameters: {region: us}"));
    var second = stage.run("changed", 2);
    assertThat(environment(second)).containsEntry("SLUICE_PARAMETERS", "{\"region\":\"us\"}");
    assertThat(stage.status("changed").appliedRevisions())
        .as("what pods require is there all the time")
        .extracting(AppliedRevision::revision)
        .containsExactly("1");
    second.works().ends(0, DONE);
    var ready = stage.stands("changed", "Applied");
    assertThat(ready.conditions().getFirst().message()).doesNotContain("warning");
    stage.quiet("changed");

    stage.apply(
        with("changed", "parameters: {region: us}, parametersFrom: [{secretRef: {name: keys}}]"));
    stage.run("changed", 3).works().ends(0, NOTHING);
    var status = stage.stands("changed", "Applied");
    stage.quiet("changed");

    assertThat(status.run()).isEqualTo(3);
    assertThat(status.appliedRevisions()).hasSize(1);
    assertThat(stage.events("changed")).doesNotContain("SameRevisionOtherContent");
  }

  @Test
  void aMissingSourceIsNamedAndWaitedFor() {
    stage.apply(with("waiting", "parametersFrom: [{configMapRef: {name: shop-region}}]"));
    var run =
        stage
            .run("waiting", 1)
            .pending()
            .complains(
                "FailedMount",
                "MountVolume.SetUp failed for volume \"parameters-0\" : configmap \"shop-region\""
                    + " not found");

    var status = stage.stands("waiting", "WaitingForConfigMap");
    assertThat(trueConditions(status)).containsExactly("Reconciling");
    assertThat(status.conditions().getFirst().message()).contains("shop-region");
    run.starts().ends(0);
    assertThat(Objects.requireNonNull(stage.stands("waiting", "Applied").lastRun()).failure())
        .isNull();
  }

  private static String with(String name, String parameters) {
    return manifest(name, "a/shop:1").replace("path: root.yaml", "path: root.yaml, " + parameters);
  }

  private static Map<String, String> environment(SimulatedJob run) {
    return run.job().getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv().stream()
        .filter(v -> v.getValue() != null)
        .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
  }
}
