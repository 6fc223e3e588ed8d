package dev.sluice.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.api.DatabaseMigration;
import dev.sluice.operator.job.RunReading;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The documents are those of a real cluster. */
final class TrimmedObjectsTest {
  private static final KubernetesSerialization WHOLE =
      new KubernetesSerialization(new ObjectMapper(), true);
  private static final KubernetesSerialization TRIMMED =
      new KubernetesSerialization(new ObjectMapper().registerModule(new TrimmedObjects()), true);

  private final Job job = read(TRIMMED, Job.class);
  private final Pod pod = read(TRIMMED, Pod.class);
  private final DatabaseMigration migration = read(TRIMMED, DatabaseMigration.class);

  @Test
  void theRunThatIsReadIsTheSame() {
    var whole =
        RunReading.read(read(WHOLE, Job.class), List.of(read(WHOLE, Pod.class)), List.of(), true);

    assertThat(whole).isPresent();
    assertThat(RunReading.read(job, List.of(pod), List.of(), true)).isEqualTo(whole);
  }

  @Test
  void whatIdentifiesAnObjectStays() {
    assertThat(job.getMetadata())
        .usingRecursiveComparison()
        .ignoringFields("annotations", "managedFields")
        .isEqualTo(read(WHOLE, Job.class).getMetadata());
    assertThat(pod.getMetadata())
        .usingRecursiveComparison()
        .ignoringFields("annotations", "managedFields")
        .isEqualTo(read(WHOLE, Pod.class).getMetadata());
    assertThat(List.of(job.getMetadata(), pod.getMetadata()))
        .extracting(ObjectMeta::getAnnotations)
        .allSatisfy(annotations ->
            assertThat(annotations)
                .containsKeys("sluice.dev/migration", "sluice.dev/uid", "sluice.dev/run-key"));
  }

  @Test
  void theRestIsGone() {
    assertThat(job.getSpec()).isNull();
    assertThat(pod.getSpec()).isNull();
    assertThat(pod.getMetadata().getAnnotations()).doesNotContainKey("karpenter.sh/do-not-disrupt");
    assertThat(pod.getStatus().getPodIP()).isNull();
    assertThat(pod.getStatus().getContainerStatuses().getFirst().getVolumeMounts()).isEmpty();
    assertThat(List.of(job, pod, migration))
        .allSatisfy(object -> {
          assertThat(object.getMetadata().getManagedFields()).isEmpty();
          assertThat(object.getMetadata().getAdditionalProperties()).isEmpty();
        });
    assertThat(pod.getStatus().getAdditionalProperties()).isEmpty();
    assertThat(job.getStatus().getAdditionalProperties()).isEmpty();
  }

  @Test
  void ofAMigrationOnlyTheManifestThatKubectlKeepsIsGone() {
    var whole = read(WHOLE, DatabaseMigration.class);

    assertThat(migration.getSpec()).isNotNull().isEqualTo(whole.getSpec());
    assertThat(migration.getStatus()).isNotNull().isEqualTo(whole.getStatus());
    assertThat(migration.getMetadata().getAnnotations()).containsOnlyKeys("sluice.dev/retry");
  }

  @Test
  void whatIsWrittenIsWhole() {
    var whole = read(WHOLE, Job.class);

    assertThat(TRIMMED.asJson(whole)).isEqualTo(WHOLE.asJson(whole));
  }

  @Test
  void otherKindsStay() {
    var lease =
        TRIMMED.unmarshal(
            "{\"apiVersion\": \"coordination.k8s.io/v1\", \"kind\": \"Lease\", \"metadata\":"
                + " {\"annotations\": {\"a\": \"b\"}}}",
            Lease.class);

    assertThat(lease.getMetadata())
        .extracting(ObjectMeta::getAnnotations)
        .asString()
        .contains("a=b");
  }

  private static <T> T read(KubernetesSerialization json, Class<T> kind) {
    var name = kind.getSimpleName().toLowerCase(Locale.ROOT) + ".json";
    try (var in = Objects.requireNonNull(TrimmedObjectsTest.class.getResourceAsStream(name))) {
      return json.unmarshal(in, kind);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
