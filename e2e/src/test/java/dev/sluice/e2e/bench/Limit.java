package dev.sluice.e2e.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.stream.IntStream;

/**
 * What the API server can do while nobody else asks anything of it.
 *
 * @param one plain creations of a Job one after the other
 * @param perSecond many at once
 */
record Limit(Figure one, double perSecond) {
  private static final int WARM = 200;
  private static final int SINGLE = 200;

  static Limit of(Town town, Api api, ObjectNode job, int number) {
    OperatorBench.progress("plain creations of " + number + " Jobs");
    var template = Household.bare(job);
    IntStream.range(0, WARM).forEach(i -> create(town, api, template, "warm" + i));
    var single = new ArrayList<Duration>();
    for (var i = 0; i < SINGLE; i++) {
      var from = Instant.now();
      create(town, api, template, "single" + i);
      single.add(Duration.between(from, Instant.now()));
    }
    var from = Instant.now();
    Crowd.all(
        IntStream.range(0, number).boxed().toList(), i -> create(town, api, template, "many" + i));
    var seconds = Duration.between(from, Instant.now()).toNanos() / 1e9;
    town.clear();
    return new Limit(new Figure(single), number / seconds);
  }

  private static void create(Town town, Api api, ObjectNode template, String name) {
    var job = template.deepCopy();
    ((ObjectNode) job.path("metadata")).put("name", name);
    api.post(town.jobs(), job);
  }
}
