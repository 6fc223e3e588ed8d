package dev.sluice.operator.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Annotations;
import dev.sluice.api.DatabaseMigration;
import dev.sluice.operator.decision.Decision.NextRun;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.DesiredMigration.SpecReading.Understood;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code <name>.yaml} beside this class gives {@code <name>-job.yaml}. */
final class RunJobTest {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "small",
        "full",
        "folder",
        "parameters",
        "url",
        "iam",
        "rehearsal-image",
        "rehearsal-url",
        "rehearsal-never",
        "tool",
        "tool-login",
        "tool-iam",
        "tool-verify",
        "pod"
      })
  void theJobIsDrawnFromTheMigration(String name) {
    assertThat(YAML.asYaml(draw(name)))
        .isEqualTo(YAML.asYaml(YAML.unmarshal(read(name + "-job.yaml"), Job.class)));
  }

  static Job draw(String name) {
    var desired = desired(name);
    var asked = (Understood) desired.reading();
    var spec = asked.spec();
    var input = asked.input();
    return RunJob.draw(
        desired,
        spec,
        new NextRun(7, 2, 3, input, Duration.ofMinutes(25), List.of()),
        "sluice/runner:1");
  }

  static DesiredMigration desired(String name) {
    var migration = YAML.unmarshal(read(name + ".yaml"), DatabaseMigration.class);
    return new DesiredMigration(
        "team",
        migration.getMetadata().getName(),
        "uid-1",
        3,
        false,
        true,
        null,
        RunLabels.of(migration).get(Annotations.APPROVE),
        DesiredMigration.read(migration.getSpec()));
  }

  private static String read(String file) {
    try (var in = Objects.requireNonNull(RunJobTest.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
