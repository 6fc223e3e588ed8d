package dev.sluice.operator.decision;

import static dev.sluice.operator.decision.DecisionFixture.DIGEST;
import static dev.sluice.operator.decision.DecisionFixture.NOW;
import static dev.sluice.operator.decision.DecisionFixture.SPEC;
import static dev.sluice.operator.decision.DecisionFixture.after;
import static dev.sluice.operator.decision.DecisionFixture.ended;
import static dev.sluice.operator.decision.DecisionFixture.seen;
import static dev.sluice.operator.decision.DecisionFixture.settle;
import static dev.sluice.operator.decision.DecisionFixture.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sluice.api.Condition;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.operator.decision.Decision.Cancel;
import dev.sluice.operator.decision.Decision.Start;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.Observation;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase;
import dev.sluice.operator.observation.Obstacle;
import dev.sluice.operator.observation.RunEnd;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The situations by name, each with its decision, its reason and the condition that is True. */
final class SituationsTest {
  /** Situation, spec, stored status, run, time; the decision, the reason, the condition. */
  private static final String TABLE =
      """
      waits for approval                     | manual     | planned |           | late | Ask        | WaitingForApproval | Reconciling
      approved                               | approved   | planned |           | late | Start      | Starting           | Reconciling
      another plan approved                  | other plan | planned |           | late | Ask        | WaitingForApproval | Reconciling
      plan that nobody asked for             | shop       | started | planned   | now  | Stall      | ApprovalRequired   | Stalled
      just created                           | shop       | new     |           | now  | Start      | Starting           | Reconciling
      container not started                  | shop       | started | waiting   | now  | Await      | Starting           | Reconciling
      secret missing                         | shop       | started | blocked   | now  | Await      | WaitingForSecret   | Reconciling
      image name hopeless                    | shop       | started | hopeless  | now  | Cancel     | InvalidImageName   | Reconciling
      not started at the deadline            | shop       | started | blocked   | late | Cancel     | WaitingForSecret   | Reconciling
      at work                                | shop       | started | working   | now  | Await      | Running            | Reconciling
      at work past the deadline              | shop       | started | working   | late | Await      | Running            | Reconciling
      succeeded, Job not done yet            | shop       | started | exit 0    | now  | Applied    | Applied            | Ready
      applied                                | shop       | applied |           | now  | Applied    | Applied            | Ready
      applied, then suspended                | suspended  | applied |           | now  | Applied    | Applied            | Ready
      recheck not due                        | looking    | applied |           | now  | Applied    | Applied            | Ready
      recheck due                            | looking    | applied |           | late | Recheck    | Applied            | Ready
      recheck at work                        | looking    | looks   | second    | late | Applied    | Applied            | Ready
      recheck vanished                       | looking    | looks   |           | late | Applied    | Applied            | Ready
      recheck failed for good                | looking    | looks   | second 20 | late | Stall      | RunFailed          | Stalled
      recheck failed, may pass               | looking    | looks   | second 10 | late | Applied    | Applied            | Ready
      recheck at work, retry asked           | retry      | looks   | second    | late | Await      | Running            | Reconciling
      recheck at work, new spec              | changed    | looks   | second    | late | Await      | OlderRunEnds       | Reconciling
      suspended                              | suspended  | new     |           | now  | Suspended  | Suspended          |
      suspended while at work                | suspended  | started | working   | now  | Await      | OlderRunEnds       | Reconciling
      suspended before it started            | suspended  | started | waiting   | now  | Cancel     | Cancelled          | Reconciling
      permanent failure                      | shop       | failed  |           | now  | Stall      | ChangeSetFailed    | Stalled
      unclear history                        | shop       | unclear |           | now  | Stall      | AdoptionUnclear    | Stalled
      unclear history, its tool is named     | adopting   | unclear |           | now  | Start      | Starting           | Reconciling
      permanent failure, new spec            | changed    | failed  |           | now  | Start      | Starting           | Reconciling
      permanent failure, retry asked         | retry      | failed  |           | now  | Start      | Starting           | Reconciling
      transient failure                      | shop       | passing |           | now  | Pause      | RetryScheduled     | Reconciling
      transient failure, pause over          | shop       | passing |           | 11 s | Start      | Starting           | Reconciling
      transient failure, deadline over       | shop       | passing |           | late | Stall      | DeadlineExceeded   | Stalled
      waited                                 | shop       | waited  |           | now  | Pause      | LockHeld           | Reconciling
      waited, pause over                     | shop       | waited  |           | 6 s  | Start      | Starting           | Reconciling
      waited until the deadline              | shop       | waited  |           | late | Stall      | DeadlineExceeded   | Stalled
      Job vanished                           | shop       | started |           | now  | Pause      | Lost               | Reconciling
      Job ended unseen                       | shop       | started | unseen    | now  | Pause      | Lost               | Reconciling
      spec changed while at work             | changed    | started | working   | now  | Await      | OlderRunEnds       | Reconciling
      spec changed before it started         | changed    | started | waiting   | now  | Cancel     | Cancelled          | Reconciling
      older run ended well                   | changed    | started | ended 0   | now  | Start      | Starting           | Reconciling
      older run failed                       | changed    | started | ended 20  | now  | Start      | Starting           | Reconciling
      older run ended, its Job not done yet  | changed    | started | exit 0    | now  | Await      | Starting           | Reconciling
      deleted while at work                  | deleted    | started | working   | now  | Await      | Deleting           | Reconciling
      deleted before it started              | deleted    | started | waiting   | now  | Cancel     | Cancelled          | Reconciling
      deleted when idle                      | deleted    | applied |           | now  | Release    | Deleting           | Reconciling
      unreadable                             | unreadable | new     |           | now  | Unreadable | SpecUnreadable     | Stalled
      """;

  private static final String IMAGE = "registry.example/shop:1.42.0";

  static Stream<Arguments> situations() {
    return TABLE.lines().map(line -> line.split("\\|", -1)).map(SituationsTest::situation);
  }

  private static Arguments situation(String[] columns) {
    var row = Arrays.stream(columns).map(String::strip).toList();
    var run = run(row.get(3));
    var seen =
        seen(
            desired(row.get(1)),
            status(row.get(2)),
            time(row.get(4)),
            run.stream().toArray(ObservedRun[]::new));
    return arguments(row.get(0), seen, decision(row.get(5)), row.get(6), row.get(7));
  }

  private static DesiredMigration desired(String name) {
    return switch (name) {
      case "shop" -> DecisionFixture.desired(SPEC);
      case "suspended" ->
          DecisionFixture.desired(spec(IMAGE, null, "db.example", true), 2, false, null);
      case "looking" -> DecisionFixture.desired(DecisionFixture.with("recheck: {interval: 10m}"));
      case "changed" ->
          DecisionFixture.desired(
              spec("registry.example/shop:1.43.0", null, "db.example", false), 2, false, null);
      case "adopting" ->
          DecisionFixture.desired(DecisionFixture.with("adopt: Drizzle"), 2, false, null);
      case "deleted" -> DecisionFixture.desired(SPEC, 1, true, null);
      case "retry" -> DecisionFixture.desired(SPEC, 1, false, "again");
      case "manual" -> DecisionFixture.desired(DecisionFixture.manual());
      case "approved" -> approving(DIGEST);
      case "other plan" -> approving("6".repeat(64));
      case "unreadable" -> unreadable();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static DesiredMigration approving(String digest) {
    return DecisionFixture.desired(DecisionFixture.manual(), 1, false, null, digest);
  }

  private static DatabaseMigrationStatus status(String name) {
    return switch (name) {
      case "new" -> DatabaseMigrationStatus.EMPTY;
      case "started" -> DecisionFixture.started();
      case "applied" -> after(ended(0));
      case "looks" -> looks();
      case "failed" -> after(ended(20, "ChangeSetFailed", "relation exists"));
      case "unclear" ->
          after(ended(30, "AdoptionUnclear", "2 rows of drizzle.__drizzle_migrations fit no file"));
      case "passing" -> after(ended(10, "ChangeSetFailed", "lock timeout"));
      case "waited" -> after(ended(11, "LockHeld", "by pid 1"));
      case "planned" ->
          settle(
              seen(
                  desired("manual"),
                  status("started"),
                  NOW,
                  DecisionFixture.run(1, 1, DecisionFixture.planned(DIGEST), true)));
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** Its recheck was started. */
  private static DatabaseMigrationStatus looks() {
    var due = CurrentStatus.of(seen(desired("looking"), status("applied"), time("late")));
    return NextStatus.of(due, Decider.decide(due), new ActionResult.Started("shop-2", "job-uid-2"))
        .status();
  }

  /** {@code exit}: its container has ended, its Job isn't done; {@code ended}: both. */
  private static Optional<ObservedRun> run(String name) {
    return switch (name) {
      case "" -> Optional.empty();
      case "waiting" -> Optional.of(DecisionFixture.run(1, new Phase.Waiting(null)));
      case "working" ->
          Optional.of(
              DecisionFixture.run(
                  1, new Phase.Working(NOW.minusSeconds(30), ObservedRun.Progress.MIGRATING)));
      case "second" ->
          Optional.of(
              DecisionFixture.run(
                  2,
                  new Phase.Working(
                      time("late").minusSeconds(30), ObservedRun.Progress.MIGRATING)));
      case "second 20" -> Optional.of(DecisionFixture.run(2, 1, ended(20), true));
      case "second 10" -> Optional.of(DecisionFixture.run(2, 1, ended(10), true));
      case "blocked" ->
          Optional.of(blocked(Obstacle.Kind.WAITING_FOR_SECRET, "secret \"x\" not found"));
      case "hopeless" -> Optional.of(blocked(Obstacle.Kind.INVALID_IMAGE_NAME, "no"));
      case "exit 0" -> Optional.of(DecisionFixture.run(1, ended(0)));
      case "ended 0" -> Optional.of(over(ended(0)));
      case "ended 20" -> Optional.of(over(ended(20)));
      case "planned" -> Optional.of(over(DecisionFixture.planned(DIGEST)));
      case "unseen" -> Optional.of(over(new Phase.Ended(new RunEnd.Unseen(null))));
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static ObservedRun blocked(Obstacle.Kind kind, String message) {
    return DecisionFixture.run(1, new Phase.Waiting(new Obstacle(kind, message)));
  }

  private static ObservedRun over(Phase ended) {
    return DecisionFixture.run(1, 1, ended, true);
  }

  private static Instant time(String name) {
    return switch (name) {
      case "now" -> NOW;
      case "late" -> NOW.plusSeconds(3600);
      default -> NOW.plusSeconds(Long.parseLong(name.replace(" s", "")));
    };
  }

  private static Class<?> decision(String name) {
    return Arrays.stream(Decision.class.getPermittedSubclasses())
        .filter(decision -> decision.getSimpleName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("situations")
  void decides(String situation, Observation seen, Class<?> decision, String reason, String state) {
    assertThat(Decider.decide(CurrentStatus.of(seen))).isInstanceOf(decision);

    var conditions = settle(seen).conditions();
    assertThat(Condition.find(conditions, "Ready").orElseThrow().reason()).isEqualTo(reason);
    assertThat(conditions.stream().filter(c -> c.status().equals("True")).map(c -> c.type()))
        .as("at most one of Ready, Reconciling, Stalled is True")
        .isEqualTo(state.isEmpty() ? List.of() : List.of(state));
    assertThat(conditions)
        .allMatch(c -> Long.valueOf(seen.desired().generation()).equals(c.observedGeneration()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("situations")
  void tellsTheSameWhenNothingChanged(
      String situation, Observation seen, Class<?> decision, String reason, String state) {
    var told = settle(seen);
    var again = seen(seen.desired(), told, seen.now(), seen.runs().toArray(ObservedRun[]::new));

    if (decision != Cancel.class && decision != Start.class) {
      assertThat(settle(again)).isEqualTo(told);
    }
  }

  private static DesiredMigration unreadable() {
    return new DesiredMigration(
        "team",
        "shop",
        "uid-1",
        1,
        false,
        false,
        null,
        null,
        new DesiredMigration.SpecReading.Unreadable("spec.run.attempts: no number"));
  }
}
