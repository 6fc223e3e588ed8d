package dev.sluice.operator.faults;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a person does with the migration {@code shop} and how its runs go; with gates, so that
 * without faults it is the same each time.
 */
record Scenario(
    String name, Function<SimulatedRun, RunScript> parts, Consumer<FaultNamespace> person) {
  private static final DesiredSpec SHOP = new DesiredSpec("shop", "1");

  static final Scenario SUCCESS =
      new Scenario(
          "success",
          _ -> ends(0),
          world -> {
            world.apply(SHOP);
            ends(world, "Applied");
          });

  static final Scenario FAILURE =
      new Scenario(
          "failure",
          _ -> ends(20),
          world -> {
            world.apply(SHOP);
            ends(world, "ChangeSetFailed");
          });

  static final Scenario RETRY =
      new Scenario(
          "retry",
          scene -> ends(scene.number() == 1 ? 10 : 0),
          world -> {
            world.apply(SHOP);
            ends(world, "Applied");
          });

  static final Scenario DELETED_AT_WORK =
      new Scenario(
          "deleted at work",
          _ -> scene -> scene.told().works().toldAtWork().deleting().ends(0),
          world -> {
            world.apply(SHOP);
            world.await("Running", () -> world.stands("shop", "Running"));
            world.delete("shop");
            world.await("its end", () -> world.migration("shop") == null);
          });

  static final Scenario DELETED_BEFORE =
      new Scenario(
          "deleted before its run started",
          _ -> scene -> scene.pending().when(() -> false),
          world -> {
            world.apply(SHOP);
            world.await("Starting", () -> world.status("shop").job() != null);
            world.delete("shop");
            world.await("its end", () -> world.migration("shop") == null);
          });

  static final Scenario CHANGED_AT_WORK =
      new Scenario(
          "changed at work",
          scene ->
              scene.number() == 1 ? s -> s.told().works().toldAtWork().changed().ends(0) : ends(0),
          world -> {
            world.apply(SHOP);
            world.await("Running", () -> world.stands("shop", "Running"));
            world.apply(SHOP.revision("2"));
            ends(world, "Applied");
          });

  static final Scenario CHANGED_BEFORE =
      new Scenario(
          "changed before its run started",
          scene -> scene.number() == 1 ? s -> s.pending().when(() -> false) : ends(0),
          world -> {
            world.apply(SHOP);
            world.await("Starting", () -> world.status("shop").job() != null);
            world.apply(SHOP.revision("2"));
            ends(world, "Applied");
          });

  static final List<Scenario> ALL =
      List.of(
          SUCCESS,
          FAILURE,
          RETRY,
          DELETED_AT_WORK,
          DELETED_BEFORE,
          CHANGED_AT_WORK,
          CHANGED_BEFORE);

  private static RunScript ends(int exit) {
    return scene -> scene.told().works().toldAtWork().ends(exit);
  }

  private static void ends(FaultNamespace world, String reason) {
    world.await(reason, () -> world.stands("shop", reason) && world.settled("shop"));
  }

  /** Plays it in a world of its own; the invariants must hold. */
  SimulatedJob play(FaultScript script) {
    try (var world = new FaultNamespace(script, parts)) {
      person.accept(world);
      world.rests("shop");
      world.holds();
      return new SimulatedJob(world.end("shop"), script, world.story());
    }
  }

  /** All of them without faults, at once. */
  static Map<Scenario, SimulatedJob> good(List<Scenario> scenarios) {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var plays = new LinkedHashMap<Scenario, CompletableFuture<SimulatedJob>>();
      for (var scenario : scenarios) {
        plays.put(
            scenario,
            CompletableFuture.supplyAsync(() -> scenario.play(FaultScript.none()), executor));
      }
      var played = new LinkedHashMap<Scenario, SimulatedJob>();
      plays.forEach((scenario, play) -> played.put(scenario, play.join()));
      return played;
    }
  }

  /** How it ended. */
  record SimulatedJob(List<String> end, FaultScript script, String story) {}

  @Override
  public String toString() {
    return name;
  }
}
