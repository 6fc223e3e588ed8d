package dev.sluice.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.operator.faults.FaultScript.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Caches that lag behind what is stored. */
final class CacheIT {
  @TestFactory
  Stream<DynamicTest> anOldViewStartsNothing() {
    var cases = new ParallelNamespaces();
    for (var scenario :
        List.of(
            Scenario.FAILURE,
            Scenario.RETRY,
            Scenario.CHANGED_AT_WORK,
            Scenario.CHANGED_BEFORE,
            Scenario.DELETED_AT_WORK,
            Scenario.DELETED_BEFORE)) {
      for (var key : List.of("event databasemigrations", "event jobs", "event pods")) {
        cases.add(scenario + ", each late: " + key, () -> late(scenario, key));
      }
    }
    for (var lists :
        List.of(
            List.of("list databasemigrations"),
            List.of("list jobs"),
            List.of("list databasemigrations", "list jobs", "list pods"))) {
      cases.add("after a restart an old " + lists, () -> old(lists));
    }
    cases.add("deleted, after a restart an old list of Jobs", CacheIT::deletedWithAnOldList);
    return cases.tests();
  }

  /** Its Job goes with the object although no list has it. */
  private static void deletedWithAnOldList() {
    RunScript parts = scene -> scene.told().works().toldAtWork().deleting().endsBeforeItsJob(0);
    try (var world = new FaultNamespace(FaultScript.none(), _ -> parts)) {
      var before = world.version();
      world.apply(new DesiredSpec("shop", "1"));
      world.await("Running", () -> world.stands("shop", "Running"));
      world.life().kill();
      world.script.soon("list jobs", 3, new Fault.AsOf(before));
      world.script.soon("event jobs", 100, new Fault.Delay(Duration.ofSeconds(5)));
      world.life().crash();
      world.delete("shop");
      world.await("its end", () -> world.absent("shop"));
      assertThat(world.script.bites()).isPositive();
      assertThat(world.end("shop")).as(world::story).containsExactly("gone", "shop-#-1 over owned");
      world.holds();
    }
  }

  private static void late(Scenario scenario, String key) {
    var good = scenario.play(FaultScript.none());
    var rule = new Rule(key, 1, 1000, new Fault.Delay(Duration.ofSeconds(1)));
    var played = scenario.play(FaultScript.of(rule));
    assertThat(played.end()).as(played.story()).isEqualTo(good.end());
  }

  /** The failure for good must not be run again by an operator that doesn't know of it yet. */
  private static void old(List<String> lists) {
    var scenario = Scenario.FAILURE;
    try (var world = new FaultNamespace(FaultScript.none(), scenario.parts())) {
      var version = new CompletableFuture<String>();
      Thread.ofVirtual()
          .start(() ->
              world.await("the finalizer", () -> held(world).map(version::complete).isPresent()));
      scenario.person().accept(world);
      var end = world.end("shop");
      lists.forEach(list -> world.script.soon(list, 3, new Fault.AsOf(version.join())));
      world.script.soon("event databasemigrations", 100, new Fault.Delay(Duration.ofSeconds(1)));
      world.script.soon("event jobs", 100, new Fault.Delay(Duration.ofSeconds(1)));
      world.life().crash();
      FaultNamespace.pause(Duration.ofSeconds(3));
      world.await("the same end", () -> world.settled("shop") && world.end("shop").equals(end));
      world.quiet(Duration.ofSeconds(3));
      assertThat(world.end("shop")).isEqualTo(end);
      assertThat(world.script.bites()).isPositive();
      world.holds();
    }
  }

  /** The version with the finalizer. */
  private static Optional<String> held(FaultNamespace world) {
    return Optional.ofNullable(world.migration("shop"))
        .filter(m -> !m.getFinalizers().isEmpty())
        .map(m -> m.getMetadata().getResourceVersion());
  }
}
