package dev.sluice.e2e.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Migrations that are applied at once.
 *
 * @param toJobs from the first object's creation until the last Job exists
 * @param applying until the last object exists
 * @param toReady from the first pod until all are Ready and settled
 */
record Burst(int number, Duration applying, Duration toJobs, Duration toReady) {

  static Burst of(Town town, List<String> names, AuditLog audit) {
    OperatorBench.progress(names.size() + " objects at once");
    var began = Instant.now();
    Crowd.all(names, town::apply);
    Polling.until("all Jobs", () -> town.jobCount() == names.size());
    var pods = Instant.now();
    Crowd.all(
        names,
        name -> {
          town.podStarts(name);
          town.podSucceeds(name);
          town.jobCompletes(name);
        });
    Polling.until("all to settle", () -> names.stream().allMatch(town::settled));
    var toReady = Duration.between(pods, Instant.now());
    var made =
        audit.find(r ->
            r.namespace().equals(town.name)
                && r.received().isAfter(began)
                && r.verb().equals("create"));
    var objects = made.stream().filter(r -> r.resource().equals("databasemigrations")).toList();
    var first = objects.stream().map(r -> r.received()).min(Instant::compareTo).orElseThrow();
    var jobs = made.stream().filter(r -> r.resource().equals("jobs") && r.done()).toList();
    return new Burst(
        jobs.size(),
        Duration.between(
            first, objects.stream().map(r -> r.answered()).max(Instant::compareTo).orElseThrow()),
        Duration.between(
            first, jobs.stream().map(r -> r.answered()).max(Instant::compareTo).orElseThrow()),
        toReady);
  }

  void print(Limit limit) {
    var rate = number / (toJobs.toNanos() / 1e9);
    System.out.printf("%n%-32s%12s%12s%n", number + " objects at once", "Jobs/s", "ratio");
    line("plain POSTs of the same Job", limit.perSecond(), limit);
    line("object, finalizer, Job", limit.startsPerSecond(), limit);
    line("by the operator", rate, limit);
    System.out.printf(
        "  (applied within %s, Jobs within %s; their pods played to Ready within %s)%n",
        Figure.tell(applying), Figure.tell(toJobs), Figure.tell(toReady));
  }

  private static void line(String what, double rate, Limit limit) {
    System.out.printf("  %-30s%12.0f%12.2f%n", what, rate, rate / limit.startsPerSecond());
  }
}
