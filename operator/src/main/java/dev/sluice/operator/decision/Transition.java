package dev.sluice.operator.decision;

import dev.sluice.api.Condition;
import dev.sluice.api.ConditionTypes;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.LastRun;
import dev.sluice.api.Outcome;
import dev.sluice.api.Reasons;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** News between two statuses, for one event and one log line each. */
public record Transition(boolean warning, String reason, String note) {

  public static List<Transition> between(
      DatabaseMigrationStatus before, DatabaseMigrationStatus after) {
    var news = new ArrayList<Transition>();
    var last = after.lastRun();
    if (last != null && (before.lastRun() == null || !last.job().equals(before.lastRun().job()))) {
      news.add(ended(last));
    }
    if (after.job() != null && !after.job().equals(before.job())) {
      news.add(
          new Transition(
              false,
              Reasons.RUN_STARTED,
              "Job %s for revision %s".formatted(after.job(), after.revision())));
    }
    Condition.find(after.conditions(), ConditionTypes.READY)
        .filter(now ->
            Condition.find(before.conditions(), ConditionTypes.READY)
                .map(was -> differs(was, now))
                .orElse(true))
        .filter(now ->
            !List.of(Reasons.STARTING, Reasons.RUNNING, Reasons.CANCELLED).contains(now.reason()))
        .ifPresent(now -> news.add(standing(now, after)));
    return List.copyOf(news);
  }

  private static Transition ended(LastRun run) {
    var what = "Job %s for revision %s".formatted(run.job(), run.revision());
    if (run.outcome() == Outcome.Succeeded) {
      return new Transition(false, Reasons.RUN_SUCCEEDED, what);
    }
    var reason = run.outcome() == Outcome.Failed ? Reasons.RUN_FAILED : "Run" + run.outcome();
    var failure = FailureMessage.of(run);
    var note = "%s: %s: %s".formatted(what, failure.reason(), FailureMessage.tell(failure));
    var foreseen = run.outcome() == Outcome.Cancelled || run.outcome() == Outcome.Planned;
    return new Transition(!foreseen, reason, Conditions.bounded(note));
  }

  private static Transition standing(Condition ready, DatabaseMigrationStatus after) {
    var warning = Condition.find(after.conditions(), ConditionTypes.STALLED).isPresent();
    if ("True".equals(ready.status()) && ready.message().contains("warning: ")) {
      return new Transition(true, Reasons.SAME_REVISION, ready.message());
    }
    return new Transition(warning, ready.reason(), ready.message());
  }

  private static boolean differs(Condition was, Condition now) {
    return !was.status().equals(now.status())
        || !was.reason().equals(now.reason())
        || (Objects.equals(now.status(), "True") && !was.message().equals(now.message()));
  }
}
