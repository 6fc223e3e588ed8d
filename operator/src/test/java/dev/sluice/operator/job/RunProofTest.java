package dev.sluice.operator.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Job whose uid nobody stored, compared with the one that the operator would make. */
final class RunProofTest {
  private static final String RUNNER = "sluice/runner:1";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "small",
        "full",
        "parameters",
        "iam",
        "rehearsal-image",
        "rehearsal-url",
        "rehearsal-never",
        "url",
        "tool",
        "tool-iam",
        "tool-login",
        "tool-verify"
      })
  void itsOwnIsProven(String name) {
    assertThat(isProven(name, pod -> pod)).isTrue();
  }

  @Test
  void whatAdmissionAddsDoesNotMatter() {
    assertThat(
            isProven(
                "small",
                pod ->
                    pod.editFirstContainer()
                        .addNewEnv()
                        .withName("HTTPS_PROXY")
                        .withValue("http://proxy")
                        .endEnv()
                        .addNewVolumeMount()
                        .withName("extra")
                        .withMountPath("/etc/extra")
                        .endVolumeMount()
                        .withImagePullPolicy("Always")
                        .endContainer()
                        .addNewContainer()
                        .withName("sidecar")
                        .withImage("mesh:1")
                        .endContainer()
                        .addNewVolume()
                        .withName("extra")
                        .endVolume()))
        .isTrue();
  }

  @Test
  void anotherProgramIsNoProof() {
    assertThat(
            isProven("small", pod -> pod.editFirstContainer().withImage("evil:1").endContainer()))
        .isFalse();
    assertThat(
            isProven("small", pod -> pod.editFirstContainer().withCommand("true").endContainer()))
        .isFalse();
    assertThat(isProven("small", pod -> pod.editFirstContainer().withArgs("x").endContainer()))
        .isFalse();
    assertThat(isProven("small", pod -> pod.withServiceAccountName("other"))).isFalse();
  }

  @Test
  void whatConfiguresOurProgramIsNoProof() {
    assertThat(isProven("small", pod -> with(pod, "JAVA_TOOL_OPTIONS", "-javaagent:/x"))).isFalse();
    assertThat(isProven("small", pod -> with(pod, "SLUICE_ROOT", "/x"))).isFalse();
    assertThat(isProven("small", pod -> with(pod, "LD_PRELOAD", "/x"))).isFalse();
    assertThat(
            isProven(
                "small",
                pod ->
                    pod.editFirstContainer()
                        .addNewVolumeMount()
                        .withName("x")
                        .withMountPath("/opt/sluice")
                        .endVolumeMount()
                        .endContainer()))
        .isFalse();
    assertThat(
            isProven(
                "small",
                pod ->
                    pod.editFirstContainer()
                        .removeMatchingFromEnv(e -> e.getName().equals("PGHOST"))
                        .addNewEnv()
                        .withName("PGHOST")
                        .withValue("elsewhere")
                        .endEnv()
                        .endContainer()))
        .isFalse();
  }

  @Test
  void otherParametersAreNoProof() {
    var value = "{\"region\":\"us\"}";
    assertThat(isProven("small", pod -> with(pod, "SLUICE_PARAMETERS", value))).isFalse();
    var job = made("parameters");
    var pod =
        new PodSpecBuilder(job.getSpec().getTemplate().getSpec())
            .editMatchingVolume(v -> v.getName().equals("parameters-0"))
            .withNewConfigMap()
            .withName("other")
            .endConfigMap()
            .endVolume()
            .build();

    assertThat(RunProof.isAsMade(job, json(pod), RunJobTest.desired("parameters"), RUNNER))
        .isFalse();
  }

  @Test
  void anotherServerToRehearseOnIsNoProof() {
    assertThat(
            isProven(
                "rehearsal-image",
                pod -> pod.editFirstInitContainer().withImage("evil:1").endInitContainer()))
        .isFalse();
    assertThat(isProven("rehearsal-image", pod -> pod.withInitContainers())).isFalse();
    assertThat(isProven("small", pod -> with(pod, "SLUICE_REHEARSAL_URL", "postgresql://x")))
        .isFalse();
    assertThat(
            isProven(
                "rehearsal-never",
                pod ->
                    pod.editFirstContainer()
                        .addNewVolumeMount()
                        .withName("x")
                        .withMountPath("/rehearsal")
                        .endVolumeMount()
                        .endContainer()))
        .isFalse();
  }

  @Test
  void anotherSpecIsNoProof() {
    var job = made("small");

    assertThat(
            RunProof.isAsMade(
                job,
                json(job.getSpec().getTemplate().getSpec()),
                RunJobTest.desired("full"),
                RUNNER))
        .isFalse();
  }

  private static PodSpecBuilder with(PodSpecBuilder pod, String name, String value) {
    return pod.editFirstContainer()
        .addNewEnv()
        .withName(name)
        .withValue(value)
        .endEnv()
        .endContainer();
  }

  private static boolean isProven(String name, UnaryOperator<PodSpecBuilder> change) {
    var job = made(name);
    var pod = change.apply(new PodSpecBuilder(job.getSpec().getTemplate().getSpec())).build();
    return RunProof.isAsMade(job, json(pod), RunJobTest.desired(name), RUNNER);
  }

  private static Job made(String name) {
    var job = RunJobTest.draw(name);
    job.getMetadata().setUid("job-uid");
    job.getMetadata().setCreationTimestamp("2026-01-01T00:00:00Z");
    return job;
  }

  private static JsonNode json(PodSpec pod) {
    return new ObjectMapper().valueToTree(pod);
  }
}
