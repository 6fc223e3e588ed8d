package dev.sluice.operator.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.operator.decision.Combination.InFlight;
import dev.sluice.operator.decision.Combination.Last;
import dev.sluice.operator.decision.Decision.Stall;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Every combination that can occur, against the rules of the design told once more. */
final class CombinationsTest {
  @Test
  void everyCombinationIsDecidedByTheRules() {
    var wrong = new ArrayList<String>();
    var situations = Combination.all().toList();
    for (var situation : situations) {
      var decided = kind(Decider.decide(CurrentStatus.of(situation.seen())));
      if (!decided.equals(expected(situation))) {
        wrong.add(situation + " is " + decided + ", not " + expected(situation));
      }
    }

    assertThat(wrong).as("of %d", situations.size()).isEmpty();
    assertThat(situations).as("none was lost").hasSizeGreaterThan(2000);
  }

  private static String kind(Decision decision) {
    var kind = decision.getClass().getSimpleName();
    return decision instanceof Stall(var reason, _) ? kind + " " + reason : kind;
  }

  private static String expected(Combination s) {
    var started = s.run() == InFlight.WORKING;
    var waits =
        s.run() == InFlight.WAITING || s.run() == InFlight.BLOCKED || s.run() == InFlight.HOPELESS;
    if (s.deleting()) { // a run in flight ends first; nobody waits for one that hasn't started
      return waits ? "Cancel" : s.run() == InFlight.NONE ? "Release" : "Await";
    }
    if ((started || waits) && s.applied() && !s.older() && !s.retry()) {
      return "Applied"; // it only looks
    }
    if (started) { // whatever else: one that has started ends first
      return "Await";
    }
    if (waits && s.applied() && !s.older()) { // a retry asks for a run of its own
      return "Cancel";
    }
    if (waits) {
      var vain = s.older() || s.run() == InFlight.HOPELESS || !new Effective(s).inTime();
      return vain ? "Cancel" : "Await";
    }
    return idle(s);
  }

  private static String idle(Combination s) {
    var now = new Effective(s);
    if (now.applied()) { // also when suspended
      return "Applied";
    }
    if (s.suspended()) {
      return "Suspended";
    }
    if (now.planned()) { // whatever the time
      return "Ask";
    }
    if (now.permanent()) { // Stalled at once, until a new spec or a retry
      return "Stall ChangeSetFailed";
    }
    if (now.exhausted()) {
      return "Stall AttemptsExhausted";
    }
    if (!now.inTime()) {
      return "Stall DeadlineExceeded";
    }
    if (now.pausing()) {
      return "Pause";
    }
    return s.run() == InFlight.NONE ? "Start" : "Await";
  }

  /** What of the past still counts: a new version of the spec, or a retry, begins anew. */
  private record Effective(Combination s) {
    boolean anew() {
      return !s.seenBefore() || (s.retry() && s.run() == InFlight.NONE);
    }

    boolean applied() {
      var verified =
          s.applied()
              && !(s.retry() && s.run() == InFlight.NONE)
              && !(s.run() == InFlight.ENDED_BADLY && !s.older());
      return verified || (s.run() == InFlight.ENDED_WELL && !s.older());
    }

    boolean permanent() {
      return (s.run() == InFlight.ENDED_BADLY && !s.older())
          || (s.run() == InFlight.NONE && s.last() == Last.PERMANENT && !anew());
    }

    boolean planned() {
      return s.run() == InFlight.NONE && s.last() == Last.PLANNED && !anew();
    }

    boolean exhausted() {
      return s.last() == Last.PASSING && !s.attemptsLeft() && !anew();
    }

    boolean inTime() {
      return !s.deadlineOver() || anew() || s.last() == Last.APPROVED;
    }

    boolean pausing() {
      return !s.pauseOver() && !anew();
    }
  }
}
