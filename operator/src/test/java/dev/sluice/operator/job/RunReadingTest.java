package dev.sluice.operator.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.operator.controller.TrimmedObjects;
import dev.sluice.operator.observation.EndCause;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase;
import dev.sluice.operator.observation.Obstacle;
import dev.sluice.operator.observation.RunEnd;
import dev.sluice.operator.observation.RunEnd.Exited;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RunReadingTest {
  /** As the operator reads: what it skips isn't needed here. */
  private static final KubernetesSerialization YAML =
      new KubernetesSerialization(new ObjectMapper().registerModule(new TrimmedObjects()), true);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{containerStatuses: [{name: migrate, state: {waiting: {reason: ErrImagePull, message: no"
            + " such image}}}]} | ImagePullFailed",
        "{containerStatuses: [{name: migrate, state: {waiting: {reason: ImagePullBackOff, message:"
            + " 'Back-off pulling image \"x\": ErrImagePull: no such image'}}}]} | ImagePullFailed",
        "{containerStatuses: [{name: migrate, state: {waiting: {reason: InvalidImageName, message:"
            + " x}}}]} | InvalidImageName",
        "{containerStatuses: [{name: migrate, state: {waiting: {reason: CreateContainerConfigError,"
            + " message: 'secret \"x\" not found'}}}]} | WaitingForSecret",
        "{containerStatuses: [{name: migrate, state: {waiting: {reason: CreateContainerConfigError,"
            + " message: 'couldn''t find key k in ConfigMap t/c'}}}]} | WaitingForConfigMap",
        "{containerStatuses: [{name: migrate, state: {waiting: {reason: CreateContainerConfigError,"
            + " message: other}}}]} | ContainerCreateFailed",
        "{conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable, message: no"
            + " nodes}]} | Unschedulable"
      })
  void namesWhatKeepsAPodFromStarting(String status, String reason) {
    assertThat(phase(status))
        .isInstanceOfSatisfying(
            Phase.Waiting.class,
            w -> assertThat(w.obstacle()).extracting(Obstacle::reason).isEqualTo(reason));
  }

  @ParameterizedTest
  @CsvSource({
    "false, false, CONNECTING",
    "true, false, LOCKING",
    "true, true, MIGRATING",
    ", , MIGRATING"
  })
  void theProbesTellWhatAContainerIsAt(
      @Nullable Boolean started, @Nullable Boolean ready, ObservedRun.Progress progress) {
    var told =
        phase(
            "{containerStatuses: [{name: migrate, started: %s, ready: %s, state: {running: {}}}]}"
                .formatted(started, ready));

    assertThat(told).isEqualTo(new Phase.Working(null, progress));
  }

  @Test
  void theBackOffSaysTheSameAsTheFirstError() {
    var first =
        phase(
            "{containerStatuses: [{name: migrate, state: {waiting: {reason: ErrImagePull, message:"
                + " gone}}}]}");
    var later =
        phase(
            "{containerStatuses: [{name: migrate, state: {waiting: {reason: ImagePullBackOff,"
                + " message: 'Back-off pulling image \"x\": ErrImagePull: gone'}}}]}");

    assertThat(later).isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FailedMount | MountVolume.SetUp failed for volume \"credentials\" : secret \"shop-db\" not"
            + " found | WaitingForSecret",
        "FailedMount | MountVolume.SetUp failed for volume \"ca\" : configmap \"ca\" not found |"
            + " WaitingForConfigMap",
        "FailedMount | MountVolume.SetUp failed for volume \"parameters-0\" : secret \"shop-keys\""
            + " not found | WaitingForSecret",
        "FailedMount | MountVolume.SetUp failed for volume \"parameters-1\" : configmap"
            + " \"shop-region\" not found | WaitingForConfigMap",
        "FailedMount | timed out | MountFailed"
      })
  void eventsNameWhatIsNotMounted(String reason, String message, String obstacle) {
    assertThat(read(job("{}"), pod("{phase: Pending}"), event(reason, message)).phase())
        .isInstanceOfSatisfying(
            Phase.Waiting.class,
            w -> assertThat(w.obstacle()).extracting(Obstacle::reason).isEqualTo(obstacle));
  }

  @Test
  void aJobWhosePodIsRefusedSaysWhy() {
    assertThat(
            RunReading.read(
                    job("{}"), List.of(), List.of(event("FailedCreate", "exceeded quota")), true)
                .orElseThrow()
                .phase())
        .isEqualTo(
            new Phase.Waiting(
                new Obstacle(Obstacle.Kind.POD_REJECTED, "the pod is refused: exceeded quota")));
  }

  @Test
  void aJobThatIsSuspendedSaysSo() {
    var suspended = "{conditions: [{type: Suspended, status: 'True', reason: JobSuspended}]}";

    assertThat(RunReading.read(job(suspended), List.of(), List.of(), true).orElseThrow().phase())
        .isInstanceOfSatisfying(
            Phase.Waiting.class,
            w -> assertThat(w.obstacle()).extracting(Obstacle::reason).isEqualTo("JobSuspended"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "{containerStatuses: [{name: migrate, state: {terminated: {exitCode: 0, reason:"
            + " Completed}}}]} | 0 | Completed",
        "{containerStatuses: [{name: migrate, state: {terminated: {exitCode: 137, reason:"
            + " OOMKilled}}}]} | 137 | OOMKilled",
        "{containerStatuses: [{name: migrate, state: {terminated: {exitCode: 128, reason:"
            + " StartError, message: no such file}}}]} | 128 | StartError",
        "{containerStatuses: [{name: migrate, state: {terminated: {exitCode: 128, reason:"
            + " StartError, message: 'exec /opt/x: Exec format error'}}}]} | 128 |"
            + " WrongArchitecture",
        "{containerStatuses: [{name: migrate, state: {terminated: {exitCode: 255, reason:"
            + " Error}}}]} | 255 | NotBegun",
        "{containerStatuses: [{name: migrate, state: {terminated: {exitCode: 1, reason: Error}}}]}"
            + " | 1 | NotBegun",
        "{phase: Failed, reason: Evicted, message: low on disk} | - | Evicted",
        "{phase: Failed, reason: Evicted, containerStatuses: [{name: migrate, state: {terminated:"
            + " {exitCode: 143, reason: Error}}}]} | 143 | Evicted",
        "{conditions: [{type: DisruptionTarget, status: 'True', message: drained}],"
            + " containerStatuses: [{name: migrate, state: {terminated: {exitCode: 143, reason:"
            + " Error}}}]} | 143 | Evicted",
        "{phase: Failed, reason: Evicted, containerStatuses: [{name: migrate, state: {terminated:"
            + " {exitCode: 11, reason: Error}}}]} | 11 | Evicted",
        "{conditions: [{type: DisruptionTarget, status: 'True', message: drained}],"
            + " containerStatuses: [{name: migrate, state: {terminated: {exitCode: 11, reason:"
            + " Error}}}]} | 11 | Error"
      })
  void readsHowAPodEnded(String status, @Nullable Integer exit, String cause) {
    var ended = ((Phase.Ended) phase(status)).end();
    switch (ended) {
      case RunEnd.Exited exited -> {
        assertThat(exited.code()).isEqualTo(exit);
        assertThat(exited.cause()).isEqualTo(EndCause.of(cause));
      }
      case RunEnd.EndedByKubernetes(var why, var detail, _) -> {
        assertThat(exit).isNull();
        assertThat(why).isEqualTo(EndCause.of(cause));
        assertThat(detail).isEqualTo("low on disk");
      }
      case RunEnd.Unseen _, RunEnd.NeverStarted _ -> fail("it was seen: %s", status);
    }
  }

  @Test
  void anImageOfAnotherToolLacksItsCommandNotOurRunner() {
    var status =
        "{containerStatuses: [{name: migrate, state: {terminated: {exitCode: 128, reason:"
            + " StartError, message: no such file, startedAt: '1970-01-01T00:00:00Z'}}}]}";

    assertThat(read(job("{}"), ofAnotherTool(status)).phase())
        .isInstanceOfSatisfying(
            Phase.Ended.class,
            e ->
                assertThat((Exited) e.end())
                    .extracting(Exited::cause, Exited::detail, Exited::startedAt)
                    .containsExactly(EndCause.Known.COMMAND_NOT_FOUND, "no such file", null));
  }

  @Test
  void anotherToolMeansSomethingElseByTheExitCodeOfOurRunnersStop() {
    var status =
        "{conditions: [{type: DisruptionTarget, status: 'True', message: drained}],"
            + " containerStatuses: [{name: migrate, state: {terminated: {exitCode: 11, reason:"
            + " Error}}}]}";

    assertThat(read(job("{}"), ofAnotherTool(status)).phase())
        .isInstanceOfSatisfying(
            Phase.Ended.class,
            e ->
                assertThat((Exited) e.end())
                    .extracting(Exited::code, Exited::cause)
                    .containsExactly(11, EndCause.Known.EVICTED));
  }

  private static Pod ofAnotherTool(String status) {
    return new PodBuilder(pod(status))
        .editMetadata()
        .addToAnnotations(RunLabels.TOOL, "true")
        .endMetadata()
        .build();
  }

  @Test
  void aFailedJobWithoutItsPodEndedUnseen() {
    var failed =
        "{conditions: [{type: Failed, status: 'True', reason: BackoffLimitExceeded,"
            + " lastTransitionTime: '2026-01-01T00:00:00Z'}]}";

    assertThat(RunReading.read(job(failed), List.of(), List.of(), true).orElseThrow())
        .satisfies(r -> assertThat(r.over()).isTrue())
        .extracting(ObservedRun::phase)
        .isInstanceOfSatisfying(
            Phase.Ended.class, e -> assertThat(e.end()).isInstanceOf(RunEnd.Unseen.class));
  }

  @Test
  void aJobWithoutOurMarksIsNoRun() {
    var job = new JobBuilder(job("{}")).editMetadata().withAnnotations(null).endMetadata().build();

    assertThat(RunReading.read(job, List.of(), List.of(), true)).isEmpty();
  }

  /** The kubelet reports later than the container starts. */
  @Test
  void aPodThatHasANodeMayWork() {
    assertThat(phase("{phase: Pending, conditions: [{type: PodScheduled, status: 'True'}]}"))
        .isEqualTo(new Phase.Bound(null));
    assertThat(phase("{phase: Pending}")).isEqualTo(new Phase.Waiting(null));
  }

  @Test
  void aContainerThatTheKubeletNeverMadeHasNotStarted() {
    var ended =
        "{phase: Failed, conditions: [{type: PodScheduled, status: 'True'}], containerStatuses:"
            + " [{name: migrate, %s state: {terminated: {exitCode: 137, reason:"
            + " ContainerStatusUnknown}}}]}";

    assertThat(((Phase.Ended) phase(ended.formatted(""))).end())
        .isInstanceOf(RunEnd.NeverStarted.class);
    assertThat(((Phase.Ended) phase(ended.formatted("containerID: 'containerd://a',"))).end())
        .isInstanceOf(Exited.class);
  }

  @Test
  void onlyAPodThatTheJobControlsIsRead() {
    var success = "{containerStatuses: [{name: migrate, state: {terminated: {exitCode: 0}}}]}";
    var owned =
        new PodBuilder(pod(success))
            .editMetadata()
            .editFirstOwnerReference()
            .withController(false)
            .endOwnerReference()
            .endMetadata()
            .build();

    assertThat(read(job("{}"), owned).phase()).isEqualTo(new Phase.Waiting(null));
  }

  @Test
  void whereTwoPodsClaimAJobItsOwnStatusDecides() {
    var forged =
        pod(
            "{containerStatuses: [{name: migrate, state: {terminated: {exitCode: 0, message:"
                + " '{\"applied\": 1, \"revisions\": [\"9.9.9\"]}'}}}]}");
    var pods = List.of(pod("{containerStatuses: [{name: migrate, state: {running: {}}}]}"), forged);
    var condition =
        "{conditions: [{type: %s, status: 'True', reason: x, lastTransitionTime:"
            + " '2026-01-01T00:00:00Z'}]}";

    assertThat(RunReading.read(job("{}"), pods, List.of(), true).orElseThrow().phase())
        .isEqualTo(new Phase.Working(null, ObservedRun.Progress.MIGRATING));
    assertThat(end(job(condition.formatted("Failed")), pods))
        .isInstanceOf(RunEnd.EndedByKubernetes.class);
    assertThat(end(job(condition.formatted("Complete")), pods))
        .as("which of them completed it nobody can say")
        .isInstanceOf(RunEnd.Unseen.class);
    assertThat(end(job(condition.formatted("Complete")), List.of()))
        .as("nor is it believed without a pod")
        .isInstanceOf(RunEnd.Unseen.class);
  }

  private static RunEnd end(Job job, List<Pod> pods) {
    return ((Phase.Ended) RunReading.read(job, pods, List.of(), true).orElseThrow().phase()).end();
  }

  static Phase phase(String status) {
    return read(job("{}"), pod(status)).phase();
  }

  static Phase phase(String status, String spec) {
    var pod = pod(status);
    pod.setSpec(YAML.unmarshal("---\n" + spec, PodSpec.class));
    return read(job("{}"), pod).phase();
  }

  private static ObservedRun read(Job job, Pod pod, Event... events) {
    return RunReading.read(job, List.of(pod), List.of(events), true).orElseThrow();
  }

  private static Job job(String status) {
    return new JobBuilder(RunJobTest.draw("small"))
        .editMetadata()
        .withUid("job-uid")
        .withCreationTimestamp("2026-01-01T00:00:00Z")
        .endMetadata()
        .withStatus(YAML.unmarshal("---\n" + status, JobStatus.class))
        .build();
  }

  private static Pod pod(String status) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("p")
        .withCreationTimestamp("2026-01-01T00:00:00Z")
        .addNewOwnerReference()
        .withApiVersion("batch/v1")
        .withKind("Job")
        .withUid("job-uid")
        .withController(true)
        .endOwnerReference()
        .endMetadata()
        .withStatus(YAML.unmarshal("---\n" + status, PodStatus.class))
        .build();
  }

  private static Event event(String reason, String message) {
    return new EventBuilder().withReason(reason).withMessage(message).build();
  }
}
