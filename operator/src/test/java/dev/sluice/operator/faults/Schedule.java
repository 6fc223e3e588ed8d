package dev.sluice.operator.faults;

import dev.sluice.operator.faults.FaultScript.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Faults, a person's acts and the runs' natures, all from one number. */
final class Schedule {
  private static final String NAME = "shop";
  private static final List<String> CALLS =
      List.of(
          FaultScript.WRITE,
          FaultScript.CALL,
          "create jobs",
          "delete jobs",
          "patch jobs",
          "patch databasemigrations",
          "patch databasemigrations/status",
          "get jobs",
          "get databasemigrations",
          "list jobs",
          "list databasemigrations",
          "watch jobs",
          "watch databasemigrations");

  private static final List<String> EVENTS =
      List.of(FaultScript.EVENT, "event jobs", "event pods", "event databasemigrations");

  private final long seed;
  private final Random random;
  private final List<Rule> rules;
  private final List<RunBehaviour> natures;
  private DesiredSpec wish = new DesiredSpec(NAME, "1");
  private boolean there;
  private String acts = "";

  Schedule(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
    this.rules = IntStream.range(0, 1 + random.nextInt(6)).mapToObj(_ -> rule()).toList();
    this.natures = IntStream.range(0, 5).mapToObj(_ -> RunBehaviour.any(random)).toList();
  }

  private Rule rule() {
    if (random.nextInt(3) == 0) {
      var key = EVENTS.get(random.nextInt(EVENTS.size()));
      return new Rule(key, 1 + random.nextInt(15), onEvent(key));
    }
    var key = CALLS.get(random.nextInt(CALLS.size()));
    var fault = onCall();
    var times = fault instanceof Fault.Answer ? 1 + random.nextInt(20) : 1;
    return new Rule(key, 1 + random.nextInt(12), times, fault);
  }

  /** An API server leaves no event out; that of a person's write would never be made up for. */
  private Fault onEvent(String key) {
    return switch (random.nextInt(5)) {
      case 0 -> new Fault.CrashBefore();
      case 1 -> new Fault.CrashAfter();
      case 2 -> new Fault.Gone();
      case 3 -> new Fault.Replay(Duration.ofMillis(random.nextInt(2000)));
      default ->
          key.equals("event jobs") || key.equals("event pods")
              ? new Fault.Drop()
              : new Fault.Delay(Duration.ofMillis(random.nextInt(2000)));
    };
  }

  private Fault onCall() {
    return switch (random.nextInt(8)) {
      case 0 -> new Fault.CrashBefore();
      case 1 -> new Fault.CrashAfter();
      case 2 -> new Fault.ResponseLost();
      case 3 -> new Fault.Reset();
      case 4 -> new Fault.Delay(Duration.ofMillis(random.nextInt(1500)));
      case 5 -> new Fault.Answer(409);
      case 6 -> new Fault.Answer(429, 1);
      default -> new Fault.Answer(random.nextBoolean() ? 500 : 503);
    };
  }

  /** Plays it; throws when something doesn't hold. */
  void play() {
    try (var world = new FaultNamespace(new FaultScript(rules), this::part)) {
      act(world, UserAction.AGAIN);
      for (var left = random.nextInt(6); left > 0; left--) {
        FaultNamespace.pause(Duration.ofMillis(random.nextInt(700)));
        act(world, UserAction.any(random));
      }
      world.script.end();
      world.await(this + " expects " + expected(world), () -> ended(world));
      world.quiet(Duration.ofMillis(700));
      world.holds();
      world.clear();
    }
  }

  private RunScript part(SimulatedRun scene) {
    var revision = scene.revision();
    return s -> {
      var before = s.ledger().ended(revision);
      natures.get(Integer.parseInt(revision)).play(s, before);
    };
  }

  private void act(FaultNamespace world, UserAction act) {
    acts += " " + act;
    wish = act.of(wish, random);
    switch (act) {
      case DELETE -> {
        world.delete(NAME);
        there = false;
      }
      case RETRY -> {
        if (there) {
          world.retry(NAME, "t" + random.nextInt());
        }
      }
      default -> {
        if (!there) {
          world.await(this + ": the object before goes", () -> world.absent(NAME));
        }
        world.apply(wish);
        there = true;
      }
    }
  }

  /** As somebody reads the final world who knows of no faults. */
  private Set<String> expected(FaultNamespace world) {
    if (!there) {
      return Set.of("gone");
    }
    if (wish.suspend() && world.status(NAME).verifyAfterRun() != null) {
      return Set.of("Suspended"); // a retry asked what the database has, and nothing may look
    }
    if (wish.suspend()) {
      return !world.applied(NAME, wish)
          ? Set.of("Suspended")
          : world.unseen(NAME) ? Set.of("Suspended", "Applied") : Set.of("Applied");
    }
    return natures.get(Integer.parseInt(wish.revision())) == RunBehaviour.BROKEN
        ? Set.of("ChangeSetFailed")
        : Set.of("Applied");
  }

  private boolean ended(FaultNamespace world) {
    return there
        ? world.settled(NAME)
            && expected(world).stream().anyMatch(reason -> world.stands(NAME, reason))
        : world.absent(NAME);
  }

  @Override
  public String toString() {
    return "seed %d (-Dsluice.seed=%d):%s, natures %s, faults %s"
        .formatted(seed, seed, acts, natures, rules);
  }
}
