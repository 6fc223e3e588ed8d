package dev.sluice.operator.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.operator.observation.DesiredMigration;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import org.junit.jupiter.api.Test;

/** Which Jobs with our annotations are looked at; anybody can write annotations. */
final class JobClaimTest {
  private static final DesiredMigration DESIRED = RunJobTest.desired("small");

  @Test
  void theStatusKnowsTheUidOfItsJob() {
    assertThat(claim(job(7, "a"), status(7, "a"))).isEqualTo(JobClaim.STORED);
    assertThat(claim(job(7, "b"), status(7, "a"))).as("made anew").isEqualTo(JobClaim.NONE);
  }

  @Test
  void aJobThatTheStatusDoesNotKnowTakesAProof() {
    assertThat(claim(job(7, "a"), DatabaseMigrationStatus.EMPTY)).isEqualTo(JobClaim.NEW);
    assertThat(claim(job(8, "a"), status(7, "b"))).isEqualTo(JobClaim.NEW);
  }

  @Test
  void aStatusWithoutAUidTakesAProofAsWell() {
    var json = new ObjectMapper().createObjectNode().put("run", 7);
    json.put("job", RunLabels.job(DESIRED.name(), DESIRED.uid(), 7));
    var status = new ObjectMapper().convertValue(json, DatabaseMigrationStatus.class);

    assertThat(claim(job(7, "a"), status)).isEqualTo(JobClaim.NEW);
  }

  @Test
  void anotherNameThanTheComputedOneIsNoClaim() {
    var job = job(7, "a");
    job.getMetadata().setName("forged");

    assertThat(claim(job, DatabaseMigrationStatus.EMPTY)).isEqualTo(JobClaim.NONE);
  }

  @Test
  void aNumberFarAheadIsNoClaim() {
    assertThat(claim(job(999_999_999_999_999_999L, "a"), status(7, "b"))).isEqualTo(JobClaim.NONE);
  }

  @Test
  void anEarlierRunIsThereToBeTidiedAwayOnly() {
    var over =
        new JobBuilder(job(6, "a"))
            .withNewStatus()
            .addNewCondition()
            .withType("Complete")
            .withStatus("True")
            .endCondition()
            .endStatus()
            .build();

    assertThat(claim(over, status(7, "b"))).isEqualTo(JobClaim.EARLIER);
    assertThat(claim(job(6, "a"), status(7, "b"))).isEqualTo(JobClaim.NONE);
  }

  private static JobClaim claim(Job job, DatabaseMigrationStatus status) {
    return JobClaim.of(job, DESIRED, status);
  }

  private static Job job(long number, String uid) {
    var name = RunLabels.job(DESIRED.name(), DESIRED.uid(), number);
    return new JobBuilder(RunJobTest.draw("small"))
        .editMetadata()
        .withName(name)
        .withUid(uid)
        .addToAnnotations(RunLabels.RUN, Long.toString(number))
        .endMetadata()
        .build();
  }

  private static DatabaseMigrationStatus status(long run, String uid) {
    var json = new ObjectMapper().createObjectNode().put("run", run);
    json.put("job", RunLabels.job(DESIRED.name(), DESIRED.uid(), run));
    json.putObject("started").put("jobUid", uid).put("generation", 1).put("revision", "1");
    return new ObjectMapper().convertValue(json, DatabaseMigrationStatus.class);
  }
}
