package dev.sluice.operator;

import static dev.sluice.operator.TestNamespace.manifest;
import static dev.sluice.operator.TestNamespace.trueConditions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.RehearsalReport;
import dev.sluice.api.RehearsalReport.Result;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Runs that rehearse first; each test has a migration of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RehearsalIT {
  private static final String REFUSED =
      """
      {"outcome": "Refused", "pending": 2, "total": 5,
       "rehearsal": {"result": "Failed", "seconds": 1.24, "postgres": "17.11", "stubs": ["aws_s3"]},
       "failure": {"reason": "RehearsalFailed", "changeSet": "0003_x", "file": "0003_x.sql",
                   "sqlState": "42P01", "message": "relation \\"users\\" does not exist",
                   "hint": "fix the migration"}}
      """;
  private static final String PASSED =
      "{\"applied\":2,\"total\":5,\"pending\":0,\"rehearsal\":{\"result\":\"Passed\",\"seconds\":2}}";

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
  void aRehearsalThatFailedStallsUntilTheSpecChanges() {
    var manifest = manifest("refused", "a/shop:1");
    stage.apply(manifest);
    stage.run("refused", 1).works().ends(30, REFUSED);

    var stalled = stage.stands("refused", "RehearsalFailed");
    assertThat(trueConditions(stalled)).containsExactly("Stalled");
    assertThat(stalled.conditions().getFirst().message())
        .isEqualTo(
            "changeset 0003_x: relation \"users\" does not exist (SQLSTATE 42P01); fix the"
                + " migration");
    assertThat(rehearsal(stalled))
        .isEqualTo(
            new RehearsalReport(Result.Failed, 1.2, "17.11", List.of("aws_s3"), List.of(), null));
    stage.quiet("refused");

    stage.apply(manifest + "  rehearsal: {mode: Warn}\n");
    var second = stage.run("refused", 2);
    assertThat(environment(second)).containsEntry("SLUICE_REHEARSAL", "Warn");
    second
        .works()
        .ends(
            0,
            "{\"applied\":2,\"total\":5,\"pending\":0,\"rehearsal\":{\"result\":\"Failed\",\"warning\":\"0003_x:"
                + " no table\"}}");
    stage.stands("refused", "Applied");
    stage.quiet("refused");

    assertThat(stage.jobs()).filteredOn(job -> isOf(job.getMetadata(), "refused")).hasSize(2);
    assertThat(stage.notes("refused", "RehearsalWarning"))
        .containsExactly("the rehearsal failed, and the run went on: 0003_x: no table");
  }

  private static boolean isOf(ObjectMeta job, String name) {
    return name.equals(job.getLabels().get("sluice.dev/migration"));
  }

  @Test
  void onceAppliedAnotherRehearsalStartsNothing() {
    var manifest = manifest("applied", "a/shop:1");
    stage.apply(manifest);
    stage.run("applied", 1).works().ends(0, PASSED);
    var ready = stage.stands("applied", "Applied");
    assertThat(rehearsal(ready))
        .isEqualTo(new RehearsalReport(Result.Passed, 2.0, null, List.of(), List.of(), null));
    stage.quiet("applied");

    stage.apply(manifest + "  rehearsal: {mode: Never}\n");
    var changed = stage.stands("applied", "Applied");
    stage.quiet("applied");

    assertThat(changed.run()).isEqualTo(1);
    assertThat(changed.conditions().getFirst().message()).doesNotContain("warning");
    assertThat(stage.events("applied"))
        .doesNotContain("RehearsalWarning", "SameRevisionOtherContent");
  }

  @Test
  void nonsenseInAReportIsBounded() {
    stage.apply(manifest("nonsense", "a/shop:1"));
    var many = "\"%s\",".formatted("é".repeat(40)).repeat(25);
    stage
        .run("nonsense", 1)
        .works()
        .ends(
            0,
            "{\"applied\":2,\"rehearsal\":{\"result\":\"Partial\",\"seconds\":-7,\"postgres\":[],\"skipped\":%s,\"stubs\":[%s7],\"warning\":\"%s\"}}"
                .formatted("\"x\"", many, "w".repeat(900)));

    var report = rehearsal(stage.stands("nonsense", "Applied"));
    assertThat(report.seconds()).isNull();
    assertThat(report.postgres()).isNull();
    assertThat(report.skipped()).isEmpty();
    assertThat(report.stubs()).hasSize(20);
    assertThat(report.warning()).hasSize(500);
  }

  @Test
  void theServerOfAnImageIsBesideTheRunner() {
    stage.apply(manifest("image", "a/shop:1") + "  rehearsal: {image: 'postgis/postgis:17-3.5'}\n");
    var run = stage.run("image", 1);

    assertThat(pod(run).getInitContainers())
        .singleElement()
        .satisfies(server -> {
          assertThat(server.getName()).isEqualTo("rehearsal-server");
          assertThat(server.getImage()).isEqualTo("postgis/postgis:17-3.5");
          assertThat(server.getRestartPolicy()).as("native sidecar").isEqualTo("Always");
        });
    assertThat(environment(run))
        .containsEntry("SLUICE_REHEARSAL", "Enforce")
        .containsEntry("SLUICE_REHEARSAL_DIR", "/rehearsal")
        .containsEntry(
            "SLUICE_REHEARSAL_URL",
            "postgresql://sluice_rehearsal@127.0.0.1:54321/postgres?sslmode=disable")
        .doesNotContainKey("SLUICE_REHEARSAL_URL_FILE");
  }

  @Test
  void aRestrictedNamespaceTakesThePodWithItsServer() {
    stage
        .person
        .namespaces()
        .withName(stage.namespace)
        .edit(namespace ->
            new NamespaceBuilder(namespace)
                .editMetadata()
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build());
    stage.apply(manifest("strict", "a/shop:1") + "  rehearsal: {image: 'postgres:17'}\n");

    assertThatCode(() -> stage.run("strict", 1).pending()).doesNotThrowAnyException();
  }

  @Test
  void theKeyOfASecretIsMountedAlone() {
    stage.apply(
        manifest("url", "a/shop:1") + "  rehearsal: {urlSecret: {name: shop-clone, key: uri}}\n");
    var run = stage.run("url", 1);

    assertThat(environment(run))
        .containsEntry("SLUICE_REHEARSAL_URL_FILE", "/var/run/sluice/rehearsal/url")
        .doesNotContainKey("SLUICE_REHEARSAL_URL");
    assertThat(pod(run).getVolumes())
        .filteredOn(volume -> volume.getName().equals("rehearsal-url"))
        .singleElement()
        .extracting(Volume::getSecret)
        .satisfies(secret -> {
          assertThat(secret.getSecretName()).isEqualTo("shop-clone");
          assertThat(secret.getDefaultMode()).isEqualTo(0440);
          assertThat(secret.getItems())
              .singleElement()
              .satisfies(item -> assertThat(item.getKey()).isEqualTo("uri"));
        });
    run.pending()
        .complains(
            "FailedMount",
            "MountVolume.SetUp failed for volume \"rehearsal-url\" : references non-existent secret"
                + " key: uri");
    assertThat(trueConditions(stage.stands("url", "WaitingForSecret")))
        .containsExactly("Reconciling");
  }

  @Test
  void withNeverThePodHasNothingOfIt() {
    stage.apply(manifest("never", "a/shop:1") + "  rehearsal: {mode: Never}\n");
    var run = stage.run("never", 1);

    assertThat(environment(run))
        .containsEntry("SLUICE_REHEARSAL", "Never")
        .doesNotContainKey("SLUICE_REHEARSAL_DIR");
    assertThat(pod(run).getVolumes())
        .extracting(Volume::getName)
        .noneMatch(name -> name.startsWith("rehearsal"));
    assertThat(pod(run).getInitContainers()).isEmpty();
  }

  private static RehearsalReport rehearsal(DatabaseMigrationStatus status) {
    return Objects.requireNonNull(Objects.requireNonNull(status.lastRun()).rehearsal());
  }

  private static PodSpec pod(SimulatedJob run) {
    return run.job().getSpec().getTemplate().getSpec();
  }

  private static Map<String, String> environment(SimulatedJob run) {
    return pod(run).getContainers().getFirst().getEnv().stream()
        .filter(v -> v.getValue() != null)
        .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
  }
}
