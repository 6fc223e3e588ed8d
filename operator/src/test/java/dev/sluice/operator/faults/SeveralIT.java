package dev.sluice.operator.faults;

import dev.sluice.operator.OperatorInstance.Settings;
import dev.sluice.operator.faults.FaultScript.Rule;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Two operators on the same objects, by mistake or while one hands over to the other. */
final class SeveralIT {
  private static final Settings LED =
      new Settings(InstantSource.system(), FaultNamespace.PACE, true);

  @TestFactory
  Stream<DynamicTest> oneRunAtATime() {
    var cases = new ParallelNamespaces();
    for (var scenario : Scenario.ALL) {
      cases.add("two that think they lead: " + scenario, () -> two(scenario, FaultScript.none()));
      cases.add(
          "two, of which one sees everything 2 s later: " + scenario,
          () ->
              two(
                  scenario,
                  FaultScript.of(
                      new Rule(
                          FaultScript.EVENT, 1, 1000, new Fault.Replay(Duration.ofMillis(500))))));
    }
    for (var write = 1; write <= 8; write++) {
      var at = write;
      cases.add("the leader dies after write " + at, () -> handover(at));
    }
    return cases.tests();
  }

  private static void two(Scenario scenario, FaultScript others) {
    try (var world = new FaultNamespace(FaultScript.none(), scenario.parts());
        var _ = world.life("second", others, FaultNamespace.SETTINGS)) {
      scenario.person().accept(world);
      world.quiet(Duration.ofMillis(500));
      world.holds();
    }
  }

  private static void handover(int write) {
    var script = FaultScript.of(new Rule(FaultScript.WRITE, write, new Fault.CrashAfter()));
    try (var world = new FaultNamespace(script, Scenario.FAILURE.parts(), LED);
        var _ = world.life("second", FaultScript.none(), LED)) {
      Scenario.FAILURE.person().accept(world);
      world.holds();
    }
  }
}
