package dev.sluice.operator.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Condition;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.DatabaseMigrationStatus.AppliedRevision;
import dev.sluice.api.Outcome;
import dev.sluice.api.Reasons;
import dev.sluice.operator.decision.Decision.Applied;
import dev.sluice.operator.decision.Decision.Beginning;
import dev.sluice.operator.decision.Decision.Cancel;
import dev.sluice.operator.decision.Decision.NextRun;
import dev.sluice.operator.decision.Decision.Recheck;
import dev.sluice.operator.decision.Decision.Stall;
import dev.sluice.operator.decision.Decision.Start;
import dev.sluice.operator.decision.Decision.Suspended;
import dev.sluice.operator.observation.DesiredMigration.SpecReading.Understood;
import dev.sluice.operator.observation.Observation;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase.Ended;
import dev.sluice.operator.observation.RunEnd;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What holds whatever happened; it remembers what was seen. */
final class WalkInvariants {
  private static final Set<String> TYPES = Set.of("Ready", "Reconciling", "Stalled");

  /** Revision and target of a success that an observation showed. */
  private record Success(String revision, String target) {}

  /** A target, and the parameters of a success there. */
  private record Parametrized(String target, @Nullable String parameters) {}

  /** One version of the spec, as retried, by its mark; failures are counted in it. */
  private record Epoch(String uid, long generation, @Nullable String retry) {}

  /** Jobs of runs that were to look only. */
  private final Set<String> rechecks = new HashSet<>();

  private enum Fate {
    PASSING,
    PERMANENT
  }

  private final Set<Success> successes = new HashSet<>();
  private final Set<Parametrized> parametrized = new HashSet<>();
  private final Map<String, Epoch> epochs = new HashMap<>();
  private final Map<String, Fate> fates = new HashMap<>();

  /** Of every decision, also of one that is made on stale facts. */
  void decided(Observation seen, Decision decision) {
    assertThat(Decider.decide(CurrentStatus.of(seen)))
        .as("the same facts, the same decision")
        .isEqualTo(decision);
    seen.own().forEach(this::remember);
    if (decision instanceof Start(var plan)) {
      assertThat(seen.active()).as("no run starts beside another").isEmpty();
      assertThat(plan.number()).isGreaterThan(number(seen.status()));
      approved(seen);
      assertThat(seen.desired().reading())
          .isInstanceOfSatisfying(
              Understood.class,
              asked -> {
                assertThat(asked.spec().suspend()).as("suspended: nothing starts").isFalse();
                assertThat(plan.attempt()).isBetween(1, asked.spec().run().attempts());
                assertThat(plan.left()).isPositive();
              });
    }
    if (decision instanceof Recheck(var plan)) {
      recheck(seen, plan);
    }
    if (decision instanceof Suspended || decision instanceof Applied) {
      assertThat(seen.desired().deleting()).isFalse();
    }
  }

  private static void recheck(Observation seen, NextRun plan) {
    var status = seen.status();
    assertThat(seen.active()).as("no recheck starts beside a run").isEmpty();
    assertThat(plan.number()).isGreaterThan(number(status));
    assertThat(trueTypes(status)).as("what isn't Ready is no recheck").containsExactly("Ready");
    assertThat(status.verifyAfterRun()).isNull();
    assertThat(seen.desired().reading())
        .isInstanceOfSatisfying(
            Understood.class,
            asked -> {
              var interval = asked.spec().recheck().interval();
              assertThat(asked.spec().suspend()).as("suspended: nothing starts").isFalse();
              assertThat(interval).isPositive();
              assertThat(plan.left()).isEqualTo(asked.spec().run().deadline());
              if (status.lastRecheck() != null) {
                assertThat(status.lastRecheck()).isBeforeOrEqualTo(seen.now().minus(interval));
              }
            });
  }

  /** A plan that a stored status tells of is neither forgotten nor passed over. */
  private static void approved(Observation seen) {
    var status = seen.status();
    var desired = seen.desired();
    var same =
        status.lastRun() != null
            && status.lastRun().outcome() == Outcome.Planned
            && status.lastRun().generation() == desired.generation()
            && status.lastRun().job().equals(status.job())
            && Objects.equals(desired.retry(), status.handledRetry());
    if (same && status.plan() != null && seen.own().stream().allMatch(r -> told(status, r))) {
      assertThat(desired.approve())
          .as("nothing starts before its plan is approved")
          .isEqualTo(status.plan().digest());
    }
  }

  private void remember(ObservedRun run) {
    if (run.phase() instanceof Ended(var end)
        && end instanceof RunEnd.Exited exited
        && exited.code() == 0) {
      var target = run.input().target();
      successes.add(new Success(run.input().revision(), target));
      parametrized.add(new Parametrized(target, run.input().parameters()));
      end.report().revisions().forEach(r -> successes.add(new Success(r, target)));
    }
  }

  /** Of the status that tells a decision. */
  void told(
      Observation seen, Decision decision, ActionResult result, DatabaseMigrationStatus told) {
    if (told.equals(seen.status())) {
      return; // all of this held when it was told first
    }
    sane(seen, told);
    assertThat(NextStatus.of(CurrentStatus.of(seen), decision, result).status()).isEqualTo(told);
    if (!Objects.equals(told.handledRetry(), seen.status().handledRetry())
        && seen.own().stream()
            .allMatch(run -> told(seen.status(), run) || run.job().equals(seen.status().job()))) {
      assertThat(decision).as("a retry is heard").isNotInstanceOf(Stall.class);
    }
    if (trueTypes(told).contains("Ready")) {
      assertThat(seen.desired().reading())
          .isInstanceOfSatisfying(
              Understood.class,
              asked -> {
                var input = asked.input();
                assertThat(successes)
                    .as("Ready only for what a run brought there")
                    .contains(new Success(input.revision(), input.target()));
                assertThat(parametrized)
                    .as("Ready only with parameters that a run had there")
                    .contains(new Parametrized(input.target(), input.parameters()));
              });
    }
    if (decision instanceof Recheck) {
      assertThat(trueTypes(told)).as("Ready stays True").containsExactly("Ready");
      if (result instanceof ActionResult.Started(var job, _)) {
        assertThat(told.conditions())
            .as("nothing is said of it")
            .usingRecursiveFieldByFieldElementComparatorIgnoringFields("message")
            .isEqualTo(seen.status().conditions());
        rechecks.add(job);
      }
    }
    if (!(decision instanceof Beginning) || result instanceof ActionResult.Refused) {
      quiet(seen, decision, result, told);
    }
  }

  private static void sane(Observation seen, DatabaseMigrationStatus told) {
    var generation = Long.valueOf(seen.desired().generation());
    assertThat(told.observedGeneration()).isEqualTo(generation);
    assertThat(trueTypes(told)).as("%s", told.conditions()).hasSizeLessThanOrEqualTo(1);
    assertThat(told.conditions())
        .extracting(Condition::type)
        .contains("Ready")
        .doesNotHaveDuplicates()
        .isSubsetOf(TYPES);
    for (var condition : told.conditions()) {
      assertThat(condition.observedGeneration()).isEqualTo(generation);
      assertThat(condition.reason()).matches("[A-Z][A-Za-z0-9]{0,62}");
      assertThat(condition.message()).hasSizeBetween(1, 1024).doesNotContain("\n");
      Condition.find(seen.status().conditions(), condition.type())
          .ifPresentOrElse(
              before ->
                  assertThat(condition.lastTransitionTime())
                      .as("the time moves with the status only: %s, then %s", before, condition)
                      .isEqualTo(
                          before.status().equals(condition.status())
                              ? before.lastTransitionTime()
                              : seen.now()),
              () -> assertThat(condition.lastTransitionTime()).isEqualTo(seen.now()));
    }
    assertThat(successes(told)).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(50);
    assertThat(told.history()).hasSizeLessThanOrEqualTo(10);
    assertThat(number(told)).as("run").isGreaterThanOrEqualTo(number(seen.status()));
    if (seen.desired().reading() instanceof Understood asked && !seen.desired().deleting()) {
      assertThat(told.attempt()).isBetween(0, asked.spec().run().attempts());
    }
  }

  /** The same facts and the told status tell the same status: no write follows from a write. */
  private static void quiet(
      Observation seen, Decision decision, ActionResult result, DatabaseMigrationStatus told) {
    var second = again(seen, told, result);
    if (!(decision instanceof Cancel)) {
      assertThat(second).as("told again").isEqualTo(told);
    }
    assertThat(again(seen, second, result)).as("told a third time").isEqualTo(second);
  }

  private static DatabaseMigrationStatus again(
      Observation seen, DatabaseMigrationStatus status, ActionResult result) {
    var facts =
        new Observation(
            seen.desired(), status, seen.runs(), seen.neighbours(), seen.required(), seen.now());
    return NextStatus.of(CurrentStatus.of(facts), Decider.decide(CurrentStatus.of(facts)), result)
        .status();
  }

  /** Of a run that starts on facts that are up to date. */
  void started(Observation seen, DatabaseMigrationStatus told) {
    var epoch =
        new Epoch(seen.desired().uid(), seen.desired().generation(), seen.desired().retryMark());
    var before =
        fates.entrySet().stream()
            .filter(e -> epoch.equals(epochs.get(e.getKey())))
            .map(Map.Entry::getValue)
            .toList();
    assertThat(before)
        .as("what failed for good stays so without a person, what may pass is tried so often")
        .doesNotContain(Fate.PERMANENT)
        .hasSizeLessThan(DecisionFixture.SPEC.run().attempts());
  }

  /** Of a status that was written; {@code latest} is the run that it tells of, if that is there. */
  void stored(Observation seen, @Nullable ObservedRun latest, DatabaseMigrationStatus stored) {
    if (latest != null) {
      var epoch = new Epoch(latest.uid(), latest.generation(), latest.retry());
      epochs.putIfAbsent(latest.job(), epoch);
    }
    var kept = successes(stored);
    if (kept.size() < 50) {
      assertThat(kept).as("a success stays").containsAll(successes(seen.status()));
    }
    if (seen.desired().reading() instanceof Understood && !seen.desired().deleting()) {
      seen.own().stream()
          .filter(run -> !told(seen.status(), run))
          .forEach(run -> ended(run, kept, stored));
    }
  }

  private void ended(ObservedRun run, List<Success> kept, DatabaseMigrationStatus stored) {
    if (!(run.phase() instanceof Ended(var end))) {
      return;
    }
    if (rechecks.contains(run.job()) && isLast(stored, run)) {
      // work begins anew
      fates.keySet().removeIf(job -> Objects.equals(epochs.get(job), epochs.get(run.job())));
    }
    switch (RunVerdict.of(end)) {
      case RunVerdict.Success _ -> {
        var last = stored.lastRun();
        if (last != null
            && last.job().equals(run.job())
            && last.failure() != null
            && last.failure().reason().equals(Reasons.NOT_APPROVED)) {
          fates.putIfAbsent(run.job(), Fate.PERMANENT);
        } else if (kept.size() < 50) {
          assertThat(kept)
              .as("a success that was seen is told, if it was approved: %s", run)
              .contains(new Success(run.input().revision(), run.input().target()));
        }
      }
      case RunVerdict.Permanent _ -> {
        fates.putIfAbsent(run.job(), Fate.PERMANENT);
        if (isLast(stored, run)
            && Long.valueOf(run.generation()).equals(stored.observedGeneration())) {
          assertThat(trueTypes(stored)).as("a failure for good").doesNotContain("Ready");
        }
      }
      case RunVerdict.Transient _ -> {
        if (!rechecks.contains(run.job()) || isLast(stored, run)) {
          fates.putIfAbsent(run.job(), Fate.PASSING);
        }
      }
      case RunVerdict.Planned _, RunVerdict.Uncounted _ -> {}
    }
  }

  private static boolean isLast(DatabaseMigrationStatus stored, ObservedRun run) {
    return stored.lastRun() != null && stored.lastRun().job().equals(run.job());
  }

  private static List<Success> successes(DatabaseMigrationStatus status) {
    return status.appliedRevisions().stream()
        .map((AppliedRevision a) -> new Success(a.revision(), a.target()))
        .toList();
  }

  private static Set<String> trueTypes(DatabaseMigrationStatus status) {
    return status.conditions().stream()
        .filter(c -> c.status().equals("True"))
        .map(Condition::type)
        .collect(Collectors.toSet());
  }

  private static boolean told(DatabaseMigrationStatus status, ObservedRun run) {
    return run.number() < number(status)
        || (status.lastRun() != null && status.lastRun().job().equals(run.job()));
  }

  private static long number(DatabaseMigrationStatus status) {
    return status.run() == null ? 0 : status.run();
  }
}
