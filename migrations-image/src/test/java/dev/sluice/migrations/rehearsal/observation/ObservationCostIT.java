package dev.sluice.migrations.rehearsal.observation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.migrations.engine.ReplayObserver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The quickest of many counts: a busy machine makes none of them quicker. */
class ObservationCostIT {
  private static final int CHANGE_SETS = 100;

  @ParameterizedTest
  @CsvSource({"0, 10", "1000, 30"})
  void aChangeSetCostsLittle(int tables, int mostMillis) throws SQLException {
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
          tables, micros(without, 0), micros(with, 0), micros(without, 50), micros(with, 50));
      assertTrue(more.toMillis() < mostMillis, more.toString());
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
