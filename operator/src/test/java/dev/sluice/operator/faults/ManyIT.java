package dev.sluice.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many objects that have nothing to do. */
final class ManyIT {
  private static final int MANY = 200;
  private static final String STATUS = "patch databasemigrations/status";
  private static final List<DesiredSpec> CROWD =
      IntStream.range(0, 60).mapToObj(n -> new DesiredSpec("shop-" + n, "1")).toList();

  @Test
  void aRestartWithAllOfThemReadyWritesNothing() throws Exception {
    try (var world = new FaultNamespace(FaultScript.none(), _ -> RunScript.ends(0))) {
      world.apply(new DesiredSpec("shop", "1"));
      world.await("Applied", () -> world.stands("shop", "Applied") && world.settled("shop"));
      world.life().kill();
      var ready = Objects.requireNonNull(world.migration("shop")).getStatus();
      IntStream.range(0, MANY).forEach(n -> world.put(new DesiredSpec("shop-" + n, "1"), ready));
      var writes = world.script.count(FaultScript.WRITE);
      world.life().crash();
      world.await("a start", () -> world.life().port() > 0);
      for (var n = 0; n < 100; n++) {
        assertThat(ApiServerIT.healthy(world.life().port())).isTrue();
        FaultNamespace.pause(Duration.ofMillis(20));
      }
      world.quiet(Duration.ofSeconds(3));

      assertThat(world.script.count(FaultScript.WRITE)).isEqualTo(writes);
      assertThat(world.jobs()).hasSize(1);
      world.holds();
    }
  }

  @Test
  void manyAtOnceEndAsOneDoesAndAreToldOfLess() {
    try (var world = new FaultNamespace(FaultScript.none(), _ -> RunScript.ends(0))) {
      world.apply(new DesiredSpec("shop", "1"));
      world.await("Applied", () -> world.stands("shop", "Applied") && world.settled("shop"));
      var one = world.script.count(STATUS);
      crowd(world);
      assertThat(world.jobs()).hasSize(1 + CROWD.size());
      assertThat(world.script.count(STATUS) - one).isLessThan(one * CROWD.size());
    }
  }

  @Test
  void anOperatorThatDiesAmongManyFindsTheRunsThatItToldNobodyOf() {
    var script = FaultScript.of(new FaultScript.Rule("create jobs", 40, new Fault.CrashAfter()));
    try (var world = new FaultNamespace(script, _ -> RunScript.ends(0))) {
      crowd(world);
      assertThat(script.bites()).isEqualTo(1);
      assertThat(world.jobs()).hasSameSizeAs(CROWD);
    }
  }

  private static void crowd(FaultNamespace world) {
    world.life().kill();
    CROWD.forEach(world::apply);
    world.life().crash();
    world.await(
        "all to be applied",
        () -> CROWD.stream().allMatch(w -> world.stands(w.name(), "Applied")) && idle(world));
    world.holds();
  }

  private static boolean idle(FaultNamespace world) {
    return CROWD.stream().allMatch(w -> world.settled(w.name()));
  }
}
