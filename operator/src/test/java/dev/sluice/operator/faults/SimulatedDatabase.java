package dev.sluice.operator.faults;

import dev.sluice.operator.job.RunLabels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What happened in the played database. */
final class SimulatedDatabase {
  private final Set<String> applied = new HashSet<>();
  private final Set<String> vanished = new HashSet<>();
  private final Map<String, Integer> refused = new HashMap<>();
  private final Map<String, Integer> ended = new HashMap<>();
  private final List<String> runs = new ArrayList<>();
  private int retries;

  /** A run that ended well: its revision is in the database from here on. */
  synchronized void succeeded(Map<String, String> marks) {
    applied.add(marks.get(RunLabels.REVISION) + " on " + marks.get(RunLabels.TARGET));
    applied.add(
        marks.get(RunLabels.REVISION)
            + " on "
            + marks.get(RunLabels.TARGET)
            + " by "
            + marks.get(RunLabels.UID));
    runs.add("run " + marks.get(RunLabels.RUN) + " applied " + marks.get(RunLabels.REVISION));
  }

  /** A run that ended so that only a person can help. */
  synchronized void failedForGood(Map<String, String> marks) {
    refused.merge(generation(marks), 1, Integer::sum);
    runs.add("run " + marks.get(RunLabels.RUN) + " failed for good");
  }

  /** Somebody deletes a run's Job: an operator that hadn't told of it yet can't know its number. */
  synchronized void vanished(Map<String, String> marks) {
    vanished.add(marks.get(RunLabels.UID) + " " + marks.get(RunLabels.RUN));
  }

  synchronized boolean hasVanished(String uid, long run) {
    return vanished.contains(uid + " " + run);
  }

  /** A person asks for a further try. */
  synchronized void retried() {
    retries++;
  }

  synchronized boolean has(String revision, String target) {
    return applied.contains(revision + " on " + target);
  }

  /** Whether a run of that very object brought it. */
  synchronized boolean has(String revision, String target, String uid) {
    return applied.contains(revision + " on " + target + " by " + uid);
  }

  /** Whether a run with these marks may no longer be started. */
  synchronized boolean forbids(Map<String, String> marks) {
    return refused.getOrDefault(generation(marks), 0) > retries;
  }

  private static String generation(Map<String, String> marks) {
    return marks.get(RunLabels.UID) + " " + marks.get(RunLabels.GENERATION);
  }

  /** How many runs for that revision ended, one way or another. */
  synchronized int ended(String revision) {
    return ended.getOrDefault(revision, 0);
  }

  synchronized void ends(String revision) {
    ended.merge(revision, 1, Integer::sum);
  }

  synchronized List<String> runs() {
    return List.copyOf(runs);
  }
}
