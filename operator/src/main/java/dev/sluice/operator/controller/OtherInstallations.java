package dev.sluice.operator.controller;

import dev.sluice.api.Reasons;
import dev.sluice.operator.decision.Notice;
import dev.sluice.operator.decision.Timings;
import dev.sluice.operator.job.RunLabels;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds that another installation works on the same objects: it made a Job while this operator was
 * there. Nothing runs twice by it, for both give a run's Job the same name.
 */
public final class OtherInstallations {
  private static final int KNOWN = 10_000;

  private final String installation;
  private final Instant since;
  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  public OtherInstallations(String installation, Instant started) {
    this.installation = installation;
    this.since = started.plus(Timings.HANDOVER);
  }

  /** What is news of it, once for each Job. */
  List<Notice> among(Collection<Job> jobs) {
    return jobs.stream().filter(this::isForeign).filter(this::isNew).map(this::notice).toList();
  }

  private boolean isForeign(Job job) {
    var maker = RunLabels.of(job).getOrDefault(RunLabels.INSTALLATION, installation);
    return !maker.equals(installation)
        && Instant.parse(job.getMetadata().getCreationTimestamp()).isAfter(since);
  }

  private boolean isNew(Job job) {
    if (reported.size() >= KNOWN) {
      reported.clear();
    }
    return reported.add(job.getMetadata().getUid());
  }

  private Notice notice(Job job) {
    return new Notice(
        true,
        Reasons.OTHER_INSTALLATION,
        "Job %s was made by the installation in namespace %s, while the one in %s watches this namespace too: keep one of them, or give them different watchNamespaces"
            .formatted(
                job.getMetadata().getName(),
                RunLabels.of(job).get(RunLabels.INSTALLATION),
                installation));
  }
}
