package dev.sluice.operator.decision;

import dev.sluice.api.ApprovalMode;
import dev.sluice.api.DatabaseMigrationStatus.Plan;
import dev.sluice.api.DeletionPolicy;
import dev.sluice.api.LastRun.Failure;
import dev.sluice.api.Reasons;
import dev.sluice.api.RehearsalReport;
import dev.sluice.operator.observation.Adoption;
import dev.sluice.operator.observation.ContainerRole;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.EndCause;
import dev.sluice.operator.observation.ObservedRun.Phase;
import dev.sluice.operator.observation.Obstacle;
import dev.sluice.operator.observation.RunEnd;
import dev.sluice.operator.observation.TerminationReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Random facts, as the job package hands them on: of every kind, bounded, in one line. */
final class RandomFacts {
  private final Random random;

  RandomFacts(long seed) {
    random = new Random(seed);
  }

  boolean in(int times) {
    return random.nextInt(times) == 0;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  final <T extends @Nullable Object> T of(T... choices) {
    return Arrays.asList(choices).get(random.nextInt(choices.length));
  }

  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** A spec of few revisions, contents and hosts, so that each comes back; rarely unreadable. */
  DesiredMigration.SpecReading asked() {
    if (in(12)) {
      return new DesiredMigration.SpecReading.Unreadable(
          "spec.run.attempts: no number " + below(3));
    }
    var spec =
        DecisionFixture.spec(
            "a/shop:" + below(4),
            in(3) ? "r" + below(2) : null,
            of("db.example", "db.example", "other.example"),
            in(5),
            of(DeletionPolicy.values()),
            in(3) ? ApprovalMode.Manual : ApprovalMode.Automatic);
    return DesiredMigration.read(
        DecisionFixture.with(
            spec,
            of(null, null, "eu", "us"),
            in(2) ? Duration.ZERO : of(Duration.ofMinutes(1), Duration.ofMinutes(20))));
  }

  /** A spec that is looked after every minute. */
  DesiredMigration.SpecReading rechecked() {
    var spec =
        DecisionFixture.spec(
            "a/shop:" + below(4),
            null,
            "db.example",
            false,
            DeletionPolicy.Wait,
            in(3) ? ApprovalMode.Manual : ApprovalMode.Automatic);
    return DesiredMigration.read(DecisionFixture.with(spec, of(null, "eu"), Duration.ofMinutes(1)));
  }

  Phase waiting() {
    return new Phase.Waiting(
        of(
            null,
            null,
            new Obstacle(Obstacle.Kind.WAITING_FOR_SECRET, text(600)),
            new Obstacle(Obstacle.Kind.IMAGE_PULL_FAILED, text(600)),
            new Obstacle(Obstacle.Kind.INVALID_IMAGE_NAME, text(600))));
  }

  /** How a run ends, {@code revisions} being what its database tells of. */
  RunEnd end(Instant now, List<String> revisions) {
    var exit = of(0, 0, 0, 10, 10, 11, 20, 30, 40, 1, 128, 137, 143, 255, null);
    var cause =
        of(null, "Error", "OOMKilled", "Evicted", "StartError", "DeadlineExceeded", "NodeLost");
    var known = cause == null ? null : EndCause.of(cause);
    var detail = in(2) ? null : text(400);
    var started = in(4) ? null : now.minusSeconds(below(4000) - 100);
    var finished = in(4) ? null : now.minusSeconds(below(20));
    if (exit == null) {
      return known == null
          ? new RunEnd.Unseen(finished)
          : new RunEnd.EndedByKubernetes(known, detail, finished);
    }
    return new RunEnd.Exited(
        exit,
        in(4) ? ContainerRole.LOGIN : ContainerRole.MIGRATE,
        known,
        detail,
        in(3) ? TerminationReport.NONE : report(revisions),
        started,
        finished,
        in(3) ? null : "a/shop@sha256:abc");
  }

  /** Of few, so that each comes back. */
  String digest() {
    return String.valueOf(below(3)).repeat(64);
  }

  private TerminationReport report(List<String> known) {
    if (in(4)) {
      var failure = new Failure(Reasons.APPROVAL_REQUIRED, null, null, null, text(500), null);
      var plan = new Plan(digest(), number(), null);
      return new TerminationReport(
          0, List.of(), number(), number(), 0, List.of(), List.of(), null, null, null, plan,
          failure);
    }
    return new TerminationReport(
        number(),
        IntStream.range(0, below(21)).mapToObj(n -> "f::" + n + "::a").toList(),
        number(),
        number(),
        number(),
        known.subList(0, below(known.size() + 1)),
        List.of(),
        in(3) ? new Adoption(1 + below(30), text(131)) : null,
        in(3) ? 1 + below(30) : null,
        rehearsal(),
        null,
        in(2)
            ? null
            : new Failure(
                "ChangeSetFailed",
                in(2) ? null : text(400),
                in(2) ? null : text(400),
                in(2) ? null : "55P03",
                in(4) ? null : text(500),
                in(2) ? null : text(300)));
  }

  private @Nullable RehearsalReport rehearsal() {
    return in(2)
        ? null
        : new RehearsalReport(
            of(RehearsalReport.Result.values()),
            below(9000) / 10.0,
            "17.11",
            List.of(text(63)),
            List.of(text(300)),
            in(2) ? null : text(500));
  }

  private @Nullable Integer number() {
    return in(3) ? null : Integer.valueOf(below(30));
  }

  private String text(int longest) {
    return "é".repeat(1 + below(longest));
  }
}
