package dev.sluice.e2e.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * What the API server can do while nobody else asks anything of it.
 *
 * @param one plain creations of a Job one after the other
 * @param perSecond many at once
 * @param startsPerSecond what cannot be less for a start, many at once: its object is created, gets
 *     its finalizer, and the Job is created
 */
record Limit(Figure one, double perSecond, double startsPerSecond) {
  private static final int WARM = 200;
  private static final int SINGLE = 200;

  static Limit of(Town town, Api api, ObjectNode job, int number) {
    OperatorBench.progress(number + " plain creations of Jobs, and of objects with their Jobs");
    var template = Household.bare(job);
    IntStream.range(0, WARM).forEach(i -> create(town, api, template, "warm" + i));
    var single = new ArrayList<Duration>();
    for (var i = 0; i < SINGLE; i++) {
      var from = Instant.now();
      create(town, api, template, "single" + i);
      single.add(Duration.between(from, Instant.now()));
    }
    var names = IntStream.range(0, number).mapToObj("many%d"::formatted).toList();
    var perSecond = rate(names, name -> create(town, api, template, name));
    town.clear();
    var startsPerSecond =
        rate(
            names,
            name -> {
              town.apply(name);
              town.hold(name);
              create(town, api, template, name + "-job");
            });
    Crowd.all(names, town::letGo);
    town.clear();
    return new Limit(new Figure(single), perSecond, startsPerSecond);
  }

  private static double rate(List<String> names, Consumer<String> each) {
    var from = Instant.now();
    Crowd.all(names, each);
    return names.size() / (Duration.between(from, Instant.now()).toNanos() / 1e9);
  }

  private static void create(Town town, Api api, ObjectNode template, String name) {
    var job = template.deepCopy();
    ((ObjectNode) job.path("metadata")).put("name", name);
    api.post(town.jobs(), job);
  }
}
