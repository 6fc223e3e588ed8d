package dev.sluice.operator.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Condition;
import dev.sluice.api.ConditionTypes;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.Reasons;
import dev.sluice.operator.decision.Decision.Beginning;
import dev.sluice.operator.decision.Decision.Release;
import dev.sluice.operator.decision.Decision.Start;
import dev.sluice.operator.observation.ContainerRole;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.DesiredMigration.SpecReading;
import dev.sluice.operator.observation.EndCause;
import dev.sluice.operator.observation.Observation;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase;
import dev.sluice.operator.observation.RunEnd;
import dev.sluice.operator.observation.TerminationReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One random walk: people, Kubernetes and the operator take turns. */
final class Walk {
  /** The Job's own deadline: what was left of run.deadline, and a grace. */
  private static final Duration BACKSTOP = Duration.ofMinutes(32);

  final SimulatedApi world = new SimulatedApi();
  private final RandomFacts chance;
  private final WalkInvariants rules = new WalkInvariants();
  private final boolean lags;
  final WalkTrace trace = new WalkTrace();
  private int tokens;

  /** {@code lags}: the operator may see the object and its Jobs as they were some changes ago. */
  Walk(long seed, boolean lags) {
    this.chance = new RandomFacts(seed);
    this.lags = lags;
  }

  void step() {
    switch (chance.below(12)) {
      case 0 -> person();
      case 1, 2, 3, 4 -> kubernetes();
      case 5 -> time();
      default -> operator();
    }
  }

  private void person() {
    if (world.gone()) {
      world.create(chance.asked());
      return;
    }
    switch (chance.below(10)) {
      case 0 -> world.deletes();
      case 1, 2 -> world.retries("token-" + (chance.in(3) ? tokens : ++tokens));
      case 3, 4 -> world.approves(chance.digest());
      case 5 -> world.replaces();
      default -> world.asks(chance.asked());
    }
    trace.add(world.object().desired());
  }

  private void time() {
    world.now =
        chance.in(8)
            ? world.now.minusSeconds(3600)
            : world.now.plusSeconds(chance.of(1, 5, 10, 60, 600, 1900));
  }

  private void kubernetes() {
    if (chance.in(20)) {
      stranger();
    }
    var jobs = List.copyOf(world.jobs().values());
    if (jobs.isEmpty()) {
      return;
    }
    var run = chance.in(3) ? chance.of(jobs) : jobs.getLast();
    var ended = run.phase() instanceof Phase.Ended;
    switch (chance.below(10)) {
      case 0 -> world.vanishes(run.job());
      case 1 -> world.change(run.job(), r -> SimulatedApi.as(r, r.over(), true, r.phase()));
      case 2, 3 -> {
        if (run.phase() instanceof Phase.Waiting) {
          world.change(run.job(), r -> SimulatedApi.as(r, false, r.leaving(), chance.waiting()));
        }
      }
      case 4, 5 -> {
        if (!ended) {
          world.change(run.job(), r -> SimulatedApi.as(r, false, r.leaving(), working()));
        }
      }
      case 6, 7 -> {
        if (!ended) {
          ends(run, chance.end(world.now, known(run)), chance.in(2));
        }
      }
      default -> {
        if (ended) {
          world.change(run.job(), r -> SimulatedApi.as(r, true, r.leaving(), r.phase()));
        }
      }
    }
    trace.add(world.jobs().getOrDefault(run.job(), run));
  }

  private Phase working() {
    return chance.in(3)
        ? new Phase.Bound(null)
        : new Phase.Working(world.now, chance.of(List.of(ObservedRun.Progress.values())));
  }

  private void ends(ObservedRun run, RunEnd end, boolean over) {
    world.change(run.job(), r -> SimulatedApi.as(r, over, r.leaving(), new Phase.Ended(end)));
  }

  /** Revisions that its database tells of: its own, and many older ones now and then. */
  private List<String> known(ObservedRun run) {
    var known = new ArrayList<String>(List.of(run.input().revision()));
    for (var n = chance.in(3) ? chance.below(80) : 80; n < 80; n++) {
      known.add("old-" + n);
    }
    return known;
  }

  /** A Job of an object of that name that is no more. */
  private void stranger() {
    var run = DecisionFixture.run(1 + chance.below(9), chance.waiting());
    world.put(
        new ObservedRun(
            run.job(),
            "uid of a stranger's " + run.job(),
            "uid-0",
            run.number(),
            1,
            1,
            run.input(),
            null,
            null,
            List.of(),
            world.now,
            false,
            chance.in(2),
            false,
            false,
            run.phase()));
  }

  private void operator() {
    operator(
        lags && chance.in(3) ? chance.below(4) : 0,
        lags && chance.in(3) ? chance.below(8) : 0,
        chance.in(10),
        chance.in(8));
  }

  /** One reconciliation; it may be refused a Job, or die before it reports. */
  private void operator(int versionLag, int jobLag, boolean refused, boolean dies) {
    if (world.gone()) {
      return;
    }
    var version = world.version(versionLag);
    var seen = world.observe(version, jobLag);
    var fresh = world.current(version) && jobLag == 0;
    var decision = Decider.decide(CurrentStatus.of(seen));
    trace.add(seen);
    trace.add(decision);
    rules.decided(seen, decision);
    if (CurrentStatus.of(seen).isAnnouncedFirst(decision)) {
      report(version, seen, decision, new ActionResult.Announced(), fresh, dies);
      return;
    }
    var result = world.act(version, seen, decision, Housekeeping.of(seen, decision), refused);
    trace.add(result);
    if (fresh && !seen.desired().deleting() && isInFlight(seen)) {
      assertThat(world.object().desired().finalizer()).as("a run in flight is held").isTrue();
    }
    assertThat(world.active().stream().filter(r -> !lags || !(r.phase() instanceof Phase.Ended)))
        .as("never two at once")
        .hasSizeLessThanOrEqualTo(1);
    if (!(result instanceof ActionResult.Touched) && !(decision instanceof Release)) {
      // the finalizer's write made another version of it
      var held =
          decision instanceof Beginning && !seen.desired().finalizer() ? world.object() : version;
      report(held, seen, decision, result, fresh, dies);
    }
  }

  private static boolean isInFlight(Observation seen) {
    var last = seen.status().lastRun();
    return seen.active().filter(run -> last == null || !last.job().equals(run.job())).isPresent();
  }

  private void report(
      SimulatedApi.Version version,
      Observation seen,
      Decision decision,
      ActionResult result,
      boolean fresh,
      boolean dies) {
    var told = NextStatus.of(CurrentStatus.of(seen), decision, result).status();
    trace.add(told);
    rules.told(seen, decision, result, told);
    if (decision instanceof Start && result instanceof ActionResult.Started && fresh) {
      rules.started(seen, told);
    }
    if (!dies && world.store(version, told)) {
      rules.stored(seen, told.job() == null ? null : world.jobs().get(told.job()), told);
    }
  }

  /** The database gets what is asked for, and is looked at again from then on. */
  void becomesReady() {
    if (world.gone() || world.object().desired().deleting()) {
      return;
    }
    world.asks(chance.rechecked());
    var well =
        new RunEnd.Exited(
            0, ContainerRole.MIGRATE, null, null, TerminationReport.NONE, null, world.now, null);
    for (var n = 0; n < 12; n++) {
      settle(true, well);
      operator(0, 0, false, false);
    }
    world.now = world.now.plusSeconds(120);
  }

  /** Nothing more happens but what follows by itself; every run that starts ends alike. */
  void calm() {
    neverRechecks();
    var end = chance.end(Instant.EPOCH, List.of());
    var ends = chance.below(4) > 0;
    var refused = chance.in(5);
    var steps = 0;
    long version;
    do {
      assertThat(steps++).as("steps until it rests").isLessThan(60);
      version = world.object().number();
      settle(ends, end);
      for (var n = 0; n < 4; n++) {
        operator(0, 0, refused, false);
      }
      world.now = world.now.plusSeconds(300);
    } while (!settled() || version != world.object().number());
  }

  private void neverRechecks() {
    if (!world.gone()
        && !world.object().desired().deleting()
        && world.object().desired().reading() instanceof SpecReading.Understood(var spec, _)
        && !spec.recheck().interval().isZero()) {
      var region = Objects.requireNonNull(spec.changelog()).parameters().get("region");
      world.asks(DesiredMigration.read(DecisionFixture.with(spec, region, Duration.ZERO)));
    }
  }

  private void settle(boolean ends, RunEnd end) {
    for (var run : world.active()) {
      if (run.leaving()) {
        world.vanishes(run.job());
      } else if (run.phase() instanceof Phase.Ended) {
        world.change(run.job(), r -> SimulatedApi.as(r, true, false, r.phase()));
      } else if (ends) {
        ends(run, end, true);
      } else if (!world.now.isBefore(run.createdAt().plus(BACKSTOP))) {
        ends(
            run,
            new RunEnd.EndedByKubernetes(EndCause.Known.DEADLINE_EXCEEDED, null, world.now),
            true);
      }
    }
  }

  private boolean settled() {
    if (world.gone()) {
      return true;
    }
    if (world.object().desired().deleting() || !world.active().isEmpty()) {
      return false;
    }
    var desired = world.object().desired();
    var status = world.object().status();
    return Long.valueOf(desired.generation()).equals(status.observedGeneration())
        && (desired.retry() == null || handled(desired, status))
        && Condition.find(status.conditions(), ConditionTypes.RECONCILING)
            .filter(c -> !c.reason().equals(Reasons.WAITING_FOR_APPROVAL))
            .isEmpty();
  }

  private static boolean handled(DesiredMigration desired, DatabaseMigrationStatus status) {
    return desired.reading() instanceof SpecReading.Unreadable
        || desired.retry() == null
        || desired.retry().equals(status.handledRetry());
  }

  /** Another look, later, changes nothing. */
  void rests() {
    var before = world.gone() ? null : world.object();
    for (var n = 0; n < 3; n++) {
      world.now = world.now.plusSeconds(3601);
      operator(0, 0, false, false);
    }
    assertThat(world.gone() ? null : world.object().status())
        .isEqualTo(before == null ? null : before.status());
  }
}
