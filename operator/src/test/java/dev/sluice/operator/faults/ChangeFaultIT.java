package dev.sluice.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.operator.OperatorInstance.Settings;
import dev.sluice.operator.job.RunLabels;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Objects that change, go and come back while a run is in flight; clocks that jump. */
final class ChangeFaultIT {
  private static final DesiredSpec SHOP = new DesiredSpec("shop", "1");

  @TestFactory
  Stream<DynamicTest> theLastWishIsWhatIsRun() {
    var cases = new ParallelNamespaces();
    cases.add("changed a hundred times while a run is at work", ChangeFaultIT::manyChanges);
    cases.add("changed back to what was applied", ChangeFaultIT::changedBack);
    IntStream.rangeClosed(1, 5)
        .forEach(n -> cases.add("made again under the same name, " + n, ChangeFaultIT::madeAgain));
    cases.add("a clock an hour ahead", () -> clock(Duration.ofHours(1)));
    cases.add("a clock an hour behind", () -> clock(Duration.ofHours(-1)));
    cases.add("a clock that jumps", ChangeFaultIT::jumps);
    return cases.tests();
  }

  private static void manyChanges() {
    try (var world =
        new FaultNamespace(
            FaultScript.none(), scene -> scene.number() == 1 ? untilThe(101) : RunScript.ends(0))) {
      world.apply(SHOP);
      world.await("Running", () -> world.stands("shop", "Running"));
      IntStream.rangeClosed(1, 100).forEach(n -> world.apply(SHOP.revision("r" + n)));
      ends(world, "Applied");
      assertThat(world.status("shop").appliedRevision()).isEqualTo("r100");
      assertThat(world.jobs()).as(world::story).hasSize(2);
      world.holds();
    }
  }

  private static RunScript untilThe(long generation) {
    return scene ->
        scene.told().works().toldAtWork().when(() -> scene.generation() == generation).ends(0);
  }

  private static void changedBack() {
    try (var world =
        new FaultNamespace(
            FaultScript.none(), scene -> RunScript.ends("2".equals(scene.revision()) ? 20 : 0))) {
      world.apply(SHOP);
      ends(world, "Applied");
      world.apply(SHOP.revision("2"));
      ends(world, "ChangeSetFailed");
      world.apply(SHOP);
      ends(world, "Applied");
      assertThat(world.jobs()).as(world::story).hasSize(2);
      world.apply(SHOP.host("other.example"));
      ends(world, "Applied");
      assertThat(world.jobs()).as("another host starts from nothing").hasSize(3);
      world.holds();
    }
  }

  /** The new object never takes the old one's Job for its own. */
  private static void madeAgain() {
    try (var world =
        new FaultNamespace(
            FaultScript.none(),
            _ -> scene -> scene.told().works().toldAtWork().rests(200).ends(0))) {
      world.apply(SHOP);
      world.await("Running", () -> world.stands("shop", "Running"));
      world.delete("shop");
      world.await("its end", () -> world.absent("shop"));
      world.apply(SHOP);
      ends(world, "Applied");
      assertThat(world.jobs()).as(world::story).hasSize(2);
      assertThat(world.jobs().stream().map(j -> RunLabels.of(j).get(RunLabels.UID)).distinct())
          .hasSize(2);
      assertThat(world.status("shop").run()).isEqualTo(1);
      world.holds();
    }
  }

  private static void clock(Duration off) {
    var settings = new Settings(() -> Instant.now().plus(off), FaultNamespace.PACE, false);
    try (var world = new FaultNamespace(FaultScript.none(), Scenario.RETRY.parts(), settings)) {
      Scenario.RETRY.person().accept(world);
      world.quiet(Duration.ofSeconds(2));
      world.holds();
    }
  }

  private static void jumps() {
    var off = new AtomicReference<>(Duration.ZERO);
    var settings = new Settings(() -> Instant.now().plus(off.get()), FaultNamespace.PACE, false);
    try (var world =
        new FaultNamespace(
            FaultScript.none(),
            scene ->
                s -> s.told().works().toldAtWork().rests(500).ends(scene.number() == 1 ? 10 : 0),
            settings)) {
      world.apply(SHOP);
      world.await("Running", () -> world.stands("shop", "Running"));
      off.set(Duration.ofMinutes(-10));
      ends(world, "Applied");
      off.set(Duration.ofHours(1));
      world.apply(SHOP.label("b"));
      ends(world, "Applied");
      world.quiet(Duration.ofSeconds(2));
      world.holds();
    }
  }

  private static void ends(FaultNamespace world, String reason) {
    world.await(reason, () -> world.stands("shop", reason) && world.settled("shop"));
  }
}
