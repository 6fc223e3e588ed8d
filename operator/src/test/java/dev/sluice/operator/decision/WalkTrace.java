package dev.sluice.operator.decision;

import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.operator.observation.DesiredMigration;
import dev.sluice.operator.observation.DesiredMigration.SpecReading;
import dev.sluice.operator.observation.Observation;
import dev.sluice.operator.observation.ObservedRun;
import dev.sluice.operator.observation.ObservedRun.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What happened on a walk, for the message of one that failed. */
final class WalkTrace {
  private final List<Object> steps = new ArrayList<>();

  void add(Object step) {
    steps.add(step);
  }

  /** The last steps, in short. */
  String last() {
    return steps.subList(Math.max(0, steps.size() - 40), steps.size()).stream()
        .map(WalkTrace::tell)
        .collect(Collectors.joining("\n"));
  }

  private static String tell(Object step) {
    return switch (step) {
      case Observation(var desired, var status, var runs, _, _, var now) ->
          "at " + now + " sees " + tell(desired) + "; " + tell(status) + "; " + tell(runs);
      case DesiredMigration(
              _,
              _,
              var uid,
              var generation,
              var deleting,
              var finalizer,
              var retry,
              var approve,
              var asked) ->
          "%s generation %d%s%s retry %s approve %s: %s"
              .formatted(
                  uid,
                  generation,
                  deleting ? " deleting" : "",
                  finalizer ? " held" : "",
                  retry,
                  approve,
                  asked instanceof SpecReading.Understood(var spec, var input)
                      ? input + (spec.suspend() ? " suspended " : " ") + spec.approval()
                      : asked);
      case ObservedRun run ->
          "%s #%d of %s/%d%s%s%s %s"
              .formatted(
                  run.job(),
                  run.number(),
                  run.uid(),
                  run.generation(),
                  run.owned() ? " owned" : "",
                  run.over() ? " over" : "",
                  run.leaving() ? " leaving" : "",
                  run.phase() instanceof Phase.Ended(var end) ? "ended " + end : run.phase());
      case DatabaseMigrationStatus status ->
          "status {of %s, %s, run %s, attempt %s, from %s, next %s, last %s, plan %s, retry %s, verify %s, recheck %s}"
              .formatted(
                  status.observedGeneration(),
                  status.conditions().stream()
                      .map(c -> c.type() + "=" + c.status() + " " + c.reason())
                      .toList(),
                  status.run(),
                  status.attempt(),
                  status.startedAt(),
                  status.nextAttemptAt(),
                  status.lastRun() == null
                      ? null
                      : status.lastRun().job() + " " + status.lastRun().outcome(),
                  status.plan(),
                  status.handledRetry(),
                  status.verifyAfterRun(),
                  status.lastRecheck());
      case Decision.Start(var plan) -> "  starts #" + plan.number() + " attempt " + plan.attempt();
      case Decision.Recheck(var plan) -> "  rechecks #" + plan.number();
      case Decision.Await(var run, var why) -> "  awaits " + run.job() + ": " + why;
      case Decision.Cancel(var run, var why) -> "  cancels " + run.job() + ": " + why;
      case List<?> list -> list.stream().map(WalkTrace::tell).toList().toString();
      default -> "  " + step;
    };
  }
}
