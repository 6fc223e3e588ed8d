package dev.sluice.operator.job;

import dev.sluice.operator.decision.Decision.NextRun;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.Hash;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Names, labels and annotations by which a run's Job and pod are known. */
public final class RunLabels {
  /** On Jobs and pods; the migration's name, cut and hashed when it is longer than a label. */
  public static final String LABEL = "sluice.dev/migration";

  /** On Jobs and pods; the migration's whole name. */
  public static final String NAME = "sluice.dev/migration";

  public static final String UID = "sluice.dev/uid";
  public static final String GENERATION = "sluice.dev/generation";
  public static final String REVISION = "sluice.dev/revision";
  public static final String TARGET = "sluice.dev/target";
  public static final String KEY = "sluice.dev/run-key";

  /** On Jobs and pods: the hash of the changelog's parameters, when there are some. */
  public static final String PARAMETERS = "sluice.dev/parameters";

  public static final String RUN = "sluice.dev/run";
  public static final String ATTEMPT = "sluice.dev/attempt";

  /** On Jobs: the installation whose operator made it, by the namespace of its Lease. */
  public static final String INSTALLATION = "sluice.dev/installation";

  /** On pods in which another tool's image works, not our runner. */
  public static final String TOOL = "sluice.dev/tool";

  /** On the migration, while a run is active. */
  public static final String FINALIZER = "sluice.dev/run";

  /** On Jobs: which value of it was there when they were made. */
  public static final String RETRIED = "sluice.dev/retried";

  /** On Jobs: the digest that was approved when they were made. */
  public static final String APPROVED = "sluice.dev/approved";

  /** On Jobs: the revisions that they report on, separated by commas, in their order. */
  public static final String REQUIRED = "sluice.dev/required-revisions";

  private static final int LONGEST = 63;
  private static final int HASH = 10;
  private static final Pattern TAIL = Pattern.compile("-+$");

  private RunLabels() {}

  /** The annotations, of which there may be none. */
  public static Map<String, String> of(HasMetadata object) {
    return Objects.requireNonNullElse(object.getMetadata().getAnnotations(), Map.of());
  }

  public static Job signed(Job job, String installation) {
    return new JobBuilder(job)
        .editMetadata()
        .addToAnnotations(INSTALLATION, installation)
        .endMetadata()
        .build();
  }

  /**
   * {@code <name, cut>-<hash of uid>-<run number>}, fit for pods and labels too. Nothing of the
   * spec is in it: whoever starts that run a second time, of whatever version, finds the first.
   */
  public static String job(String name, String uid, long number) {
    var tail = "-" + Hash.of(HASH, uid) + "-" + number;
    return cut(name.replace('.', '-'), LONGEST - tail.length()) + tail;
  }

  static String label(String name) {
    return name.length() <= LONGEST
        ? name
        : cut(name.replace('.', '-'), LONGEST - HASH - 1) + "-" + Hash.of(HASH, name);
  }

  /** The revisions that a run with these annotations reports on. */
  static List<String> required(Map<String, String> annotations) {
    var listed = annotations.getOrDefault(REQUIRED, "");
    return listed.isEmpty() ? List.of() : List.of(listed.split(",", -1));
  }

  private static String cut(String name, int longest) {
    return name.length() <= longest
        ? name
        : TAIL.matcher(name.substring(0, longest)).replaceAll("");
  }

  /** On Job and pod. */
  static Map<String, String> labels(DesiredMigration desired) {
    return new TreeMap<>(
        Map.of(LABEL, label(desired.name()), "app.kubernetes.io/managed-by", "sluice"));
  }

  /** On Job and pod. */
  static Map<String, String> annotations(DesiredMigration desired, NextRun plan) {
    var annotations = new TreeMap<String, String>();
    annotations.put(NAME, desired.name());
    annotations.put(UID, desired.uid());
    annotations.put(GENERATION, Long.toString(plan.generation()));
    annotations.put(REVISION, plan.input().revision());
    annotations.put(TARGET, plan.input().target());
    annotations.put(KEY, plan.input().key());
    var parameters = plan.input().parameters();
    if (parameters != null) {
      annotations.put(PARAMETERS, parameters);
    }
    annotations.put(RUN, Long.toString(plan.number()));
    annotations.put(ATTEMPT, Integer.toString(plan.attempt()));
    var retry = desired.retryMark();
    if (retry != null) {
      annotations.put(RETRIED, retry);
    }
    desired.approvedDigest().ifPresent(digest -> annotations.put(APPROVED, digest));
    if (!plan.required().isEmpty()) {
      annotations.put(REQUIRED, String.join(",", plan.required()));
    }
    return annotations;
  }
}
