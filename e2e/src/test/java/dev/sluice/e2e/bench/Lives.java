package dev.sluice.e2e.bench;

import dev.sluice.e2e.bench.AuditLog.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Migrations that live one after the other.
 *
 * @param started from the object's creation until its Job exists
 * @param told from the pod's status until Ready is written
 * @param writes of the operator, by kind
 */
record Lives(Figure started, Figure told, int lives, Map<String, Long> writes) {
  static final String OPERATOR = "system:serviceaccount:sluice-system:sluice";

  static Lives oneByOne(Town town, List<String> names, AuditLog audit) {
    OperatorBench.progress(names.size() + " lives, one by one");
    var began = Instant.now();
    for (var name : names) {
      live(town, name);
    }
    var requests =
        audit.find(r -> r.namespace().equals(town.name) && r.received().isAfter(began) && r.done());
    var started = new ArrayList<Duration>();
    var told = new ArrayList<Duration>();
    for (var name : names) {
      var made =
          one(
              requests,
              r ->
                  r.resource().equals("databasemigrations")
                      && r.verb().equals("create")
                      && r.name().equals(name));
      var job =
          one(
              requests,
              r ->
                  r.resource().equals("jobs")
                      && r.verb().equals("create")
                      && Town.migrationOf(r.name()).equals(name));
      started.add(Duration.between(made.answered(), job.answered()));
      var ended =
          last(
              requests,
              r -> r.resource().equals("pods/status") && Town.migrationOf(r.name()).equals(name));
      var ready =
          one(
              requests,
              r ->
                  r.resource().equals("databasemigrations/status")
                      && r.name().equals(name)
                      && r.answered().isAfter(ended.answered()));
      told.add(Duration.between(ended.answered(), ready.answered()));
    }
    return new Lives(
        new Figure(started),
        new Figure(told),
        names.size(),
        requests.stream()
            .filter(r -> OPERATOR.equals(r.user()) && r.write())
            .collect(
                Collectors.groupingBy(
                    r -> r.verb() + " " + r.resource(), TreeMap::new, Collectors.counting())));
  }

  private static void live(Town town, String name) {
    town.apply(name);
    Polling.until("the Job of " + name, () -> town.hasJob(name));
    town.podStarts(name);
    Polling.sleep(Duration.ofMillis(100));
    town.podSucceeds(name);
    Polling.until(name + " to be Ready", () -> town.ready(name));
    town.jobCompletes(name);
    Polling.until(name + " to settle", () -> town.settled(name));
  }

  private static Request one(List<Request> requests, Predicate<Request> wanted) {
    return requests.stream().filter(wanted).findFirst().orElseThrow();
  }

  private static Request last(List<Request> requests, Predicate<Request> wanted) {
    return requests.stream().filter(wanted).reduce((_, r) -> r).orElseThrow();
  }

  void print(Figure write) {
    System.out.printf("%n%-32s%12s%12s%12s%n", "one life after the other", "p50", "p99", "ratio");
    print("  a plain write (Job POST)", write, write);
    print("  object created -> Job exists", started, write);
    print("  exit code seen -> Ready", told, write);
    System.out.printf("%n%-32s%12s%n", "writes of one life", "each");
    writes.forEach(
        (kind, count) -> System.out.printf("  %-30s%12.2f%n", kind, (double) count / lives));
    var all =
        writes.entrySet().stream()
            .filter(e -> !e.getKey().endsWith("events"))
            .mapToLong(Map.Entry::getValue)
            .sum();
    System.out.printf("  %-30s%12.2f%n", "all but events", (double) all / lives);
  }

  private static void print(String what, Figure figure, Figure write) {
    System.out.printf(
        "%-32s%12s%12s%12.1f%n",
        what,
        Figure.tell(figure.median()),
        Figure.tell(figure.millis(.99)),
        figure.median() / write.median());
  }
}
