package dev.sluice.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.operator.faults.FaultScript.Rule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The operator dies around every write that it makes: every sixth of these in a build, all with
 * {@code -Dsluice.every=1}.
 */
final class CrashIT {
  private static final List<Fault> FAULTS =
      List.of(new Fault.CrashBefore(), new Fault.CrashAfter(), new Fault.ResponseLost());

  @TestFactory
  Stream<DynamicTest> everyWriteOfEveryPathEndsTheSame() {
    var cases = new ParallelNamespaces();
    for (var entry : Scenario.good(Scenario.ALL).entrySet()) {
      var scenario = entry.getKey();
      var good = entry.getValue();
      var writes = good.script().count(FaultScript.WRITE);
      for (var write = 1; write <= writes; write++) {
        for (var fault : FAULTS) {
          var rule = new Rule(FaultScript.WRITE, write, fault);
          cases.add(
              "%s, write %d of %d: %s".formatted(scenario, write, writes, fault),
              () -> endsAs(good, scenario, rule));
        }
      }
    }
    return cases.some(6);
  }

  private static void endsAs(Scenario.SimulatedJob good, Scenario scenario, Rule rule) {
    var played = scenario.play(FaultScript.of(rule));
    // two looks at the same moment may cost one write or two
    assertThat(
            played.script().bites() == 1 || played.script().count(FaultScript.WRITE) < rule.first())
        .as("the fault came")
        .isTrue();
    assertThat(played.end()).as(played.story()).isIn(good.end(), unseen(good.end()));
  }

  /**
   * Where a run is taken back, its pod shows how it ended as it goes; whoever saw that may be dead
   * before it is stored. Then nobody claims that it never started, and the next run asks the
   * database.
   */
  private static List<String> unseen(List<String> end) {
    return end.stream().map(line -> line.replace(" Cancelled]", " Lost]")).toList();
  }
}
