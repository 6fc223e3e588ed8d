package dev.sluice.migrations.rehearsal.observation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.migrations.engine.ReplayObserver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The quickest of many counts. A plan that goes through all tables once for each takes seconds;
 * what an observed changeset costs is shown by {@code e2e/bench rehearsal}.
 */
class ObservationCostIT {
  private static final int CHANGE_SETS = 30;
  private static final Duration MOST = Duration.ofMillis(200);

  @ParameterizedTest
  @ValueSource(ints = {0, 1000})
  void aChangeSetsCostDoesNotGrowOutOfHand(int tables) throws SQLException {
    try (var replay = Replay.after()) {
      replay.execute(
          """
          do $$ begin for i in 1..%d loop
            execute format('create table old_%%s (id int primary key, n int)', i);
          end loop; end $$\
          """
              .formatted(tables));
      var without = run(replay, ReplayObserver.NONE, "a");
      var with = run(replay, replay.observer, "b");
      var more = with.getFirst().minus(without.getFirst());

      System.out.printf(
          "A changeset of 2 steps beside %d tables, us: quickest %d, observed %d; median %d,"
              + " observed %d%n",
          tables, micros(without, 0), micros(with, 0), micros(without, 15), micros(with, 15));
      assertTrue(more.compareTo(MOST) < 0, more.toString());
    }
  }

  private static long micros(List<Duration> sorted, int index) {
    return sorted.get(index).toNanos() / 1000;
  }

  private static List<Duration> run(Replay replay, ReplayObserver observer, String prefix)
      throws SQLException {
    var took = new ArrayList<Duration>();
    for (var i = 0; i < CHANGE_SETS; i++) {
      var began = System.nanoTime();
      replay.execute("begin");
      replay.observe(
          observer,
          "create table %s_%d (id int primary key, n int)".formatted(prefix, i),
          "create index on %s_%d (n)".formatted(prefix, i));
      replay.execute("commit");
      observer.ended("one");
      took.add(Duration.ofNanos(System.nanoTime() - began));
    }
    return took.stream().sorted().toList();
  }
}
