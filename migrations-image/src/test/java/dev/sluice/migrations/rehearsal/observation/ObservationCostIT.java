package dev.sluice.migrations.rehearsal.observation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.engine.ReplayObserver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The quickest of many counts, of both in one run: a busy machine makes none of them quicker. */
class ObservationCostIT {
  private static final int CHANGE_SETS = 30;

  /** A plan that goes through all tables once for each is hundreds of times slower. */
  private static final int MOST_TIMES = 10;

  @Test
  void aThousandTablesBesideMakeAChangeSetLittleSlower() throws SQLException {
    var alone = observed(0);
    var beside = observed(1000);
    assertThat(beside).isLessThan(alone.multipliedBy(MOST_TIMES));
  }

  private static Duration observed(int tables) throws SQLException {
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
      System.out.printf(
          "A changeset of 2 steps beside %d tables, us: quickest %d, observed %d; median %d,"
              + " observed %d%n",
          tables, micros(without, 0), micros(with, 0), micros(without, 15), micros(with, 15));
      return with.getFirst();
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
