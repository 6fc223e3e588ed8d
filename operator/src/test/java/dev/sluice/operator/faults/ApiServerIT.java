package dev.sluice.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.operator.faults.FaultScript.Rule;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** An API server that refuses, is slow, or is away. */
final class ApiServerIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static final List<String> KEYS =
      List.of(
          "create jobs",
          "patch jobs",
          "patch databasemigrations",
          "patch databasemigrations/status",
          "list jobs",
          "list databasemigrations",
          "watch databasemigrations",
          "watch jobs");

  private static final List<Fault> FAULTS =
      List.of(
          new Fault.Answer(409),
          new Fault.Answer(429, 1),
          new Fault.Answer(500),
          new Fault.Reset(),
          new Fault.Delay(Duration.ofSeconds(1)));

  @TestFactory
  Stream<DynamicTest> everyVerbIsTriedAgain() {
    var cases = new ParallelNamespaces();
    var good = Scenario.FAILURE.play(FaultScript.none());
    for (var key : KEYS) {
      for (var fault : FAULTS) {
        cases.add(
            key + ": " + fault,
            () -> {
              var played = Scenario.FAILURE.play(FaultScript.of(new Rule(key, 1, 3, fault)));
              assertThat(played.script().bites()).as("the fault came").isPositive();
              assertThat(played.end()).as(played.story()).isEqualTo(good.end());
            });
      }
    }
    cases.add("the status is refused 15 times", () -> statusIsRefused(good, new Fault.Answer(500)));
    cases.add("the status conflicts 5 times", () -> statusConflicts(good));
    cases.add("no event can be sent", () -> eventsAreRefused(good));
    for (var code : List.of(400, 403, 409, 422, 429, 500, 503)) {
      cases.add(
          "a Job is refused for a while with " + code,
          () -> isRefused("create jobs", "JobRejected", new Fault.Answer(code)));
      cases.add(
          "the finalizer is refused for a while with " + code,
          () -> isRefused("patch databasemigrations", "JobRejected", new Fault.Answer(code)));
    }
    cases.add(
        "no Job can be sent for a while",
        () -> isRefused("create jobs", "JobRejected", new Fault.Reset()));
    cases.add("a Job is refused until the deadline", ApiServerIT::jobsAreRefusedForGood);
    cases.add("nobody may own a Job for a while", ApiServerIT::ownersAreRefused);
    cases.add("nothing may be deleted for a while", ApiServerIT::deletionsAreRefused);
    cases.add("the right to write a status is taken away", ApiServerIT::statusIsForbidden);
    cases.add("away for a while", ApiServerIT::away);
    cases.add("meanwhile the metrics are asked for without end", () -> metricsAreHammered(good));
    return cases.tests();
  }

  private static void statusIsRefused(Scenario.SimulatedJob good, Fault fault) {
    var rule = new Rule("patch databasemigrations/status", 3, 15, fault);
    var played = Scenario.FAILURE.play(FaultScript.of(rule));
    assertThat(played.script().bites()).as("the fault came").isPositive();
    assertThat(played.end()).as(played.story()).isEqualTo(good.end());
  }

  /** No event follows a conflict that was none. */
  private static void statusConflicts(Scenario.SimulatedJob good) {
    var rule = new Rule("patch databasemigrations/status", 3, 5, new Fault.Answer(409));
    var played = Scenario.FAILURE.play(FaultScript.of(rule));
    assertThat(played.script().bites()).as("the fault came").isPositive();
    assertThat(played.end()).as(played.story()).isEqualTo(good.end());
  }

  private static void eventsAreRefused(Scenario.SimulatedJob good) {
    var rule = new Rule("create events", 1, 1000, new Fault.Answer(403));
    var played = Scenario.FAILURE.play(FaultScript.of(rule));
    assertThat(played.script().bites()).as("the fault came").isPositive();
    assertThat(played.end()).as(played.story()).isEqualTo(good.end());
  }

  private static void metricsAreHammered(Scenario.SimulatedJob good) {
    var scrapes = new AtomicInteger();
    try (var world = new FaultNamespace(FaultScript.none(), Scenario.FAILURE.parts())) {
      var scrapers = Stream.generate(() -> scraper(world, scrapes)).limit(8).toList();
      Scenario.FAILURE.person().accept(world);
      // a busy machine answers fewer in the meantime; all of them are answered
      world.await("100 scrapes", () -> scrapes.get() > 100);
      scrapers.forEach(Thread::interrupt);
      assertThat(world.end("shop")).as(world::story).isEqualTo(good.end());
      world.holds();
    }
  }

  private static Thread scraper(FaultNamespace world, AtomicInteger scrapes) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            while (answers(world.life().port(), "/metrics")) {
              scrapes.incrementAndGet();
            }
          } catch (IOException | InterruptedException _) {
            // the end of it
          }
        });
  }

  /** The new version is reported first, then the refusal in the API server's words. */
  private static void isRefused(String key, String reason, Fault fault) {
    try (var world = new FaultNamespace(FaultScript.none(), _ -> RunScript.ends(0))) {
      world.apply(new DesiredSpec("shop", "1"));
      world.await("Applied", () -> world.stands("shop", "Applied") && world.settled("shop"));
      world.script.soon(key, 10_000, fault);
      world.apply(new DesiredSpec("shop", "2"));
      world.await(reason, () -> world.stands("shop", reason));
      assertThat(world.status("shop").conditions().getFirst().status()).isEqualTo("False");
      if (fault instanceof Fault.Answer) {
        // the first try may have met a connection that the proxy had just closed
        world.await("its words", () -> message(world).contains("scripted"));
      }
      world.script.end();
      world.await("Applied", () -> world.stands("shop", "Applied") && world.settled("shop"));
      world.holds();
    }
  }

  private static String message(FaultNamespace world) {
    return String.valueOf(world.status("shop").conditions().getFirst().message());
  }

  private static void jobsAreRefusedForGood() {
    var rule = new Rule("create jobs", 1, 10_000, new Fault.Answer(500));
    try (var world = new FaultNamespace(FaultScript.of(rule), _ -> RunScript.ends(0))) {
      world.apply(new DesiredSpec("shop", "1").deadline("10s"));
      world.await("its deadline", () -> world.stands("shop", "DeadlineExceeded"));
      assertThat(world.status("shop").conditions().getFirst().message())
          .contains("JobRejected", "scripted");
      world.holds();
    }
  }

  /** Ready stays, since the database has it; what can't be tidied is said. */
  private static void ownersAreRefused() {
    var rule = new Rule("patch jobs", 1, 10_000, new Fault.Answer(500));
    try (var world = new FaultNamespace(FaultScript.of(rule), _ -> RunScript.ends(0))) {
      world.apply(new DesiredSpec("shop", "1"));
      world.await(
          "the refusal",
          () ->
              world.stands("shop", "Applied")
                  && world.status("shop").conditions().getFirst().message().contains("scripted"));
      world.script.end();
      world.await(
          "rest",
          () ->
              world.settled("shop")
                  && !world.status("shop").conditions().getFirst().message().contains("scripted"));
      assertThat(world.stands("shop", "Applied")).isTrue();
      world.holds();
    }
  }

  private static void deletionsAreRefused() {
    var rule = new Rule("delete jobs", 1, 10_000, new Fault.Answer(503));
    try (var world =
        new FaultNamespace(
            FaultScript.of(rule),
            run -> run.revision().equals("1") ? _ -> {} : RunScript.ends(0))) {
      world.apply(new DesiredSpec("shop", "1"));
      world.await("its Job", () -> world.stands("shop", "Starting"));
      world.apply(new DesiredSpec("shop", "2"));
      world.await("the refusal", () -> world.stands("shop", "JobRejected"));
      assertThat(world.status("shop").conditions().getFirst().message()).contains("scripted");
      world.script.end();
      world.await("Applied", () -> world.stands("shop", "Applied") && world.settled("shop"));
      world.holds();
    }
  }

  private static void statusIsForbidden() {
    var taken = new AtomicBoolean();
    RunScript parts = run -> run.works().toldAtWork().when(taken::get).ends(20);
    try (var world = new FaultNamespace(FaultScript.none(), _ -> parts)) {
      world.apply(new DesiredSpec("shop", "1"));
      world.await("Running", () -> world.stands("shop", "Running"));
      world.script.soon("patch databasemigrations/status", 10_000, new Fault.Answer(403));
      taken.set(true);
      world.await("the end of its run", () -> world.script.bites() > 3);
      world.script.end();
      world.await(
          "its end", () -> world.stands("shop", "ChangeSetFailed") && world.settled("shop"));
      assertThat(world.jobs()).as(world::story).hasSize(1);
      world.holds();
    }
  }

  /** Alive meanwhile, and at work within 30 s of its return; it was no crash. */
  private static void away() throws IOException, InterruptedException {
    try (var world = new FaultNamespace(FaultScript.none(), _ -> RunScript.ends(0))) {
      world.apply(new DesiredSpec("shop", "1"));
      world.await("Applied", () -> world.stands("shop", "Applied") && world.settled("shop"));
      world.script.soon(FaultScript.CALL, Integer.MAX_VALUE / 2, new Fault.Reset());
      world.life().sever();
      world.apply(new DesiredSpec("shop", "2"));
      FaultNamespace.pause(Duration.ofSeconds(Integer.getInteger("sluice.away", 20)));
      assertThat(healthy(world.life().port())).isTrue();
      world.script.end();
      var end = System.nanoTime();
      world.await("Applied", () -> world.stands("shop", "Applied") && world.settled("shop"));
      assertThat(Duration.ofNanos(System.nanoTime() - end)).isLessThan(Duration.ofSeconds(30));
      assertThat(world.life().deaths()).isZero();
      world.holds();
    }
  }

  static boolean healthy(int port) throws IOException, InterruptedException {
    return answers(port, "/healthz");
  }

  private static boolean answers(int port, String path) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
  }
}
