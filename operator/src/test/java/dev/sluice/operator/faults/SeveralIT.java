package dev.sluice.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.operator.Instance.Settings;
import dev.sluice.operator.faults.Script.Rule;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Two operators on the same objects, by mistake or while one hands over to the other. */
final class SeveralIT {
  private static final Settings LED = new Settings(InstantSource.system(), World.PACE, true);

  @TestFactory
  Stream<DynamicTest> oneRunAtATime() {
    var cases = new Together();
    for (var scenario : Scenario.ALL) {
      cases.add("two that think they lead: " + scenario, () -> two(scenario, Script.none()));
      cases.add(
          "two, of which one sees everything 2 s later: " + scenario,
          () ->
              two(
                  scenario,
                  Script.of(
                      new Rule(Script.EVENT, 1, 1000, new Fault.Replay(Duration.ofMillis(500))))));
    }
    for (var write = 1; write <= 8; write++) {
      var at = write;
      cases.add("the leader dies after write " + at, () -> handover(at));
    }
    return cases.tests();
  }

  private static void two(Scenario scenario, Script others) {
    try (var world = new World(Script.none(), scenario.parts());
        var second = world.life("second", others, World.SETTINGS)) {
      scenario.person().accept(world);
      world.quiet(Duration.ofMillis(500));
      assertThat(second.deaths()).isZero();
      world.holds();
    }
  }

  private static void handover(int write) {
    var script = Script.of(new Rule(Script.WRITE, write, new Fault.CrashAfter()));
    try (var world = new World(script, Scenario.FAILURE.parts(), LED);
        var second = world.life("second", Script.none(), LED)) {
      Scenario.FAILURE.person().accept(world);
      assertThat(second.deaths()).isZero();
      world.holds();
    }
  }
}
