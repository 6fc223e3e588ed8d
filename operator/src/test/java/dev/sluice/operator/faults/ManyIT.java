package dev.sluice.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many objects that have nothing to do. */
final class ManyIT {
  private static final int MANY = 200;

  @Test
  void aRestartWithAllOfThemReadyWritesNothing() throws Exception {
    try (var world = new World(Script.none(), _ -> Part.ends(0))) {
      world.apply(new Wish("shop", "1"));
      world.await("Applied", () -> world.stands("shop", "Applied") && world.settled("shop"));
      world.life().kill();
      var ready = Objects.requireNonNull(world.migration("shop")).getStatus();
      IntStream.range(0, MANY)
          .parallel()
          .forEach(n -> world.put(new Wish("shop-" + n, "1"), ready));
      var writes = world.script.count(Script.WRITE);
      world.life().crash();
      world.await("a start", () -> world.life().port() > 0);
      for (var n = 0; n < 100; n++) {
        assertThat(ApiServerIT.healthy(world.life().port())).isTrue();
        World.pause(Duration.ofMillis(20));
      }
      world.quiet(Duration.ofSeconds(3));

      assertThat(world.script.count(Script.WRITE)).isEqualTo(writes);
      assertThat(world.jobs()).hasSize(1);
      world.holds();
    }
  }
}
