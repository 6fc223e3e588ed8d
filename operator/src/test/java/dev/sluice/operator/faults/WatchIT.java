package dev.sluice.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.operator.faults.FaultScript.Rule;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every event of every watch comes to grief once: every eighth of these in a build, all with {@code
 * -Dsluice.every=1}.
 */
final class WatchIT {
  private static final List<Fault> FAULTS =
      List.of(new Fault.Gone(), new Fault.Reset(), new Fault.Replay(Duration.ofSeconds(1)));

  private static final List<Scenario> SCENARIOS =
      List.of(Scenario.FAILURE, Scenario.CHANGED_AT_WORK);

  @TestFactory
  Stream<DynamicTest> everyEventOfEveryPathEndsTheSame() {
    var cases = new ParallelNamespaces();
    for (var entry : Scenario.good(SCENARIOS).entrySet()) {
      var scenario = entry.getKey();
      var good = entry.getValue();
      for (var resource : List.of("databasemigrations", "jobs", "pods")) {
        var key = "event " + resource;
        var events = good.script().count(key);
        for (var event = 1; event <= events; event++) {
          for (var fault : faults(resource)) {
            var rule = new Rule(key, event, fault);
            cases.add(
                "%s, %s %d of %d: %s".formatted(scenario, key, event, events, fault),
                () -> endsAs(good, scenario, rule));
          }
        }
      }
    }
    return cases.some(8);
  }

  /**
   * No API server leaves an event out while the connection lives; for runs it is made up for all
   * the same. A migration's own event would be missed until its next one.
   */
  private static List<Fault> faults(String resource) {
    return resource.equals("databasemigrations")
        ? FAULTS
        : Stream.concat(FAULTS.stream(), Stream.of(new Fault.Drop())).toList();
  }

  private static void endsAs(Scenario.SimulatedJob good, Scenario scenario, Rule rule) {
    var played = scenario.play(FaultScript.of(rule));
    assertThat(played.end()).as(played.story()).isEqualTo(good.end());
  }
}
