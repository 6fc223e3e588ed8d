package dev.sluice.operator.decision;

import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.operator.decision.Decision.Beginning;
import dev.sluice.operator.decision.Decision.Cancel;
import dev.sluice.operator.decision.Decision.NextRun;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.Observation;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase;
import dev.sluice.operator.observation.Obstacle;
import dev.sluice.operator.observation.RunEnd;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One migration and its Jobs as an API server keeps them, with every version that a cache has. */
final class SimulatedApi {
  /** The object at one time, with its resourceVersion. */
  record Version(long number, DesiredMigration desired, DatabaseMigrationStatus status) {}

  Instant now = DecisionFixture.NOW;
  private final List<Version> versions = new ArrayList<>();
  private final List<Map<String, ObservedRun>> lists = new ArrayList<>(List.of(Map.of()));

  /** What an operator saw of runs that it took back, by the uid of their Jobs. */
  private final Map<String, ObservedRun> takenBack = new HashMap<>();

  private int objects;
  private long writes;
  private boolean gone;

  SimulatedApi() {
    create(DecisionFixture.SPEC_READING);
  }

  /** An object of the same name, with another uid. */
  void create(DesiredMigration.SpecReading asked) {
    gone = false;
    objects++;
    versions.clear();
    add(
        new DesiredMigration("team", "shop", "uid-" + objects, 1, false, false, null, null, asked),
        DatabaseMigrationStatus.EMPTY);
    collectGarbage();
  }

  private void add(DesiredMigration desired, DatabaseMigrationStatus status) {
    versions.add(new Version(++writes, desired, status));
  }

  Version object() {
    return versions.getLast();
  }

  boolean gone() {
    return gone;
  }

  Map<String, ObservedRun> jobs() {
    return lists.getLast();
  }

  List<ObservedRun> active() {
    return jobs().values().stream()
        .filter(r -> r.uid().equals(object().desired().uid()) && !r.over())
        .toList();
  }

  /** The version of so many changes ago. */
  Version version(int ago) {
    return versions.get(Math.max(0, versions.size() - 1 - ago));
  }

  /** What the observer makes of that version and of the Jobs as they were so many changes ago. */
  Observation observe(Version version, int ago) {
    var runs = new LinkedHashMap<>(lists.get(Math.max(0, lists.size() - 1 - ago)));
    var status = version.status();
    Observation.inDoubt(status, version.desired().deleting())
        .filter(job -> !runs.containsKey(job))
        .flatMap(job ->
            live(job)
                .or(() ->
                    Optional.ofNullable(status.started()).map(s -> takenBack.get(s.jobUid()))))
        .ifPresent(run -> runs.put(run.job(), run));
    return new Observation(
        version.desired(), status, List.copyOf(runs.values()), List.of(), List.of(), now);
  }

  private Optional<ObservedRun> live(String job) {
    return Optional.ofNullable(jobs().get(job));
  }

  void asks(DesiredMigration.SpecReading asked) {
    var g = object().desired();
    desired(g.generation() + 1, g.deleting(), g.finalizer(), g.retry(), g.approve(), asked);
  }

  void retries(String token) {
    var g = object().desired();
    desired(g.generation(), g.deleting(), g.finalizer(), token, g.approve(), g.reading());
  }

  void approves(String digest) {
    var g = object().desired();
    desired(g.generation(), g.deleting(), g.finalizer(), g.retry(), digest, g.reading());
  }

  void deletes() {
    var g = object().desired();
    if (!g.deleting()) { // the API server counts it as a change of the spec
      desired(g.generation() + 1, true, g.finalizer(), g.retry(), g.approve(), g.reading());
    }
  }

  /** As {@code kubectl replace} with a file that knows no finalizers. */
  void replaces() {
    if (!object().desired().deleting()) {
      finalizer(false);
    }
  }

  private void finalizer(boolean there) {
    var g = object().desired();
    desired(g.generation(), g.deleting(), there, g.retry(), g.approve(), g.reading());
  }

  private void desired(
      long generation,
      boolean deleting,
      boolean finalizer,
      @Nullable String retry,
      @Nullable String approve,
      DesiredMigration.SpecReading asked) {
    var g = object().desired();
    var next =
        new DesiredMigration(
            g.namespace(),
            g.name(),
            g.uid(),
            generation,
            deleting,
            finalizer,
            retry,
            approve,
            asked);
    add(next, object().status());
    gone = deleting && !finalizer;
    collectGarbage();
  }

  /** What the actor does; its writes to the object need the current version. */
  ActionResult act(
      Version version,
      Observation seen,
      Decision decision,
      Housekeeping housekeeping,
      boolean refuses) {
    housekeeping
        .own()
        .forEach(run -> change(run.job(), r -> as(r, true, r.over(), r.leaving(), r.phase())));
    housekeeping.prune().forEach(run -> vanishes(run.job()));
    housekeeping.takeBack().forEach(this::takeBack);
    if (housekeeping.release()) {
      if (current(version)) {
        finalizer(false);
      }
      return new ActionResult.Touched();
    }
    if (housekeeping.hold()) {
      if (current(version)) {
        finalizer(true);
      }
      return new ActionResult.Touched();
    }
    if (decision instanceof Cancel(var run, _)) {
      return live(run.job()).filter(now -> !isAs(now, run)).isPresent()
          ? new ActionResult.Touched()
          : new ActionResult.Done();
    }
    if (!(decision instanceof Beginning begins)) {
      return new ActionResult.Done();
    }
    if (!current(version) || seen.desired().deleting()) {
      return new ActionResult.Touched();
    }
    if (!seen.desired().finalizer()) {
      finalizer(true);
    }
    return refuses
        ? new ActionResult.Refused(
            new Obstacle(Obstacle.Kind.JOB_REJECTED, "the Job is refused: quota"))
        : start(seen.desired(), begins.run());
  }

  /** Unless it isn't any more what it was; a pod at work is given time. */
  private void takeBack(ObservedRun seen) {
    live(seen.job())
        .filter(now -> isAs(now, seen))
        .ifPresent(now -> {
          if (!(now.phase() instanceof Phase.Waiting)) {
            change(now.job(), r -> as(r, r.over(), true, r.phase()));
          } else {
            takenBack.put(now.jobUid(), now.gone(new RunEnd.NeverStarted(null)));
            vanishes(now.job());
          }
        });
  }

  private static boolean isAs(ObservedRun now, ObservedRun seen) {
    return seen.phase() instanceof Phase.Waiting
        ? now.phase() instanceof Phase.Waiting
        : !(now.phase() instanceof Phase.Ended);
  }

  private ActionResult start(DesiredMigration desired, NextRun plan) {
    var name = DecisionFixture.job(desired.uid(), plan);
    if (jobs().containsKey(name)) { // 409, and the uid is in the name
      return new ActionResult.Started(name, "uid of " + name);
    }
    forget(name);
    put(
        new ObservedRun(
            name,
            "uid of " + name,
            desired.uid(),
            plan.number(),
            plan.generation(),
            plan.attempt(),
            plan.input(),
            desired.retryMark(),
            desired.approvedDigest().orElse(null),
            plan.required(),
            now,
            false,
            false,
            false,
            true,
            new Phase.Waiting(null)));
    return new ActionResult.Started(name, "uid of " + name);
  }

  /** No cache shows an earlier Job of that name, one that went before anybody was told of it. */
  private void forget(String job) {
    lists.replaceAll(list -> {
      var rest = new LinkedHashMap<>(list);
      rest.remove(job);
      return rest;
    });
  }

  /** False: there is a newer version. */
  boolean store(Version version, DatabaseMigrationStatus status) {
    if (!current(version)) {
      return false;
    }
    if (!status.equals(version.status())) {
      add(version.desired(), status);
    }
    return true;
  }

  boolean current(Version version) {
    return !gone && version.number() == object().number();
  }

  void put(ObservedRun run) {
    var next = new LinkedHashMap<>(jobs());
    next.put(run.job(), run);
    lists.add(next);
  }

  void change(String job, UnaryOperator<ObservedRun> change) {
    live(job).map(change).ifPresent(this::put);
  }

  void vanishes(String job) {
    var next = new LinkedHashMap<>(jobs());
    if (next.remove(job) != null) {
      lists.add(next);
    }
  }

  /** Takes Jobs whose owner is no more. */
  private void collectGarbage() {
    jobs().values().stream()
        .filter(r -> r.owned() && (gone || !r.uid().equals(object().desired().uid())))
        .forEach(r -> vanishes(r.job()));
  }

  static ObservedRun as(ObservedRun r, boolean over, boolean leaving, Phase phase) {
    return as(r, r.owned(), over, leaving, phase);
  }

  private static ObservedRun as(
      ObservedRun r, boolean owned, boolean over, boolean leaving, Phase phase) {
    return new ObservedRun(
        r.job(),
        r.jobUid(),
        r.uid(),
        r.number(),
        r.generation(),
        r.attempt(),
        r.input(),
        r.retry(),
        r.approved(),
        r.required(),
        r.createdAt(),
        owned,
        over,
        leaving,
        r.proven(),
        phase);
  }
}
