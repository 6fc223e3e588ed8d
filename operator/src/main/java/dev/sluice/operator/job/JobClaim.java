package dev.sluice.operator.job;

import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.operator.observation.DesiredMigration;
import io.fabric8.kubernetes.api.model.batch.v1.Job;

/** What a Job that carries our annotations is to a migration; anybody can write annotations. */
public enum JobClaim {
  /** Of an object of that name that is no more. */
  OF_ANOTHER_OBJECT,
  /** The status has its uid: the operator made it. */
  STORED,
  /** Of an earlier run than the status's latest, and over: there to be tidied away. */
  EARLIER,
  /** Of a run that the status doesn't know yet: it takes a proof. */
  NEW,
  /** Nothing: it isn't looked at. */
  NONE;

  /** As many runs as may have been started without being stored; more is a forgery. */
  private static final long AHEAD = 100;

  public static JobClaim of(Job job, DesiredMigration desired, DatabaseMigrationStatus status) {
    var uid = RunLabels.of(job).get(RunLabels.UID);
    if (uid == null) {
      return NONE;
    }
    if (!uid.equals(desired.uid())) {
      return OF_ANOTHER_OBJECT;
    }
    var name = job.getMetadata().getName();
    var number = RunReading.number(job);
    if (!name.equals(RunLabels.job(desired.name(), uid, number))) {
      return NONE;
    }
    if (name.equals(status.job())) {
      return ofLatest(job, status);
    }
    var latest = status.run() == null ? 0 : status.run();
    if (number <= latest) {
      return RunReading.isOver(job) ? EARLIER : NONE;
    }
    return number - latest <= AHEAD ? NEW : NONE;
  }

  /** Of the run that the status names. */
  private static JobClaim ofLatest(Job job, DatabaseMigrationStatus status) {
    var started = status.started();
    if (started != null) {
      return started.jobUid().equals(job.getMetadata().getUid()) ? STORED : NONE;
    }
    var last = status.lastRun();
    var ended = last != null && last.job().equals(status.job());
    return !ended ? NEW : RunReading.isOver(job) ? EARLIER : NONE;
  }
}
