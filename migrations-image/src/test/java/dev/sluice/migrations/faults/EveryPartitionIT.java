package dev.sluice.migrations.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runner and server in a network namespace each, a wire between them, and packets that are dropped
 * on both sides of it: before a statement, after it, and while the next one is under way.
 */
class EveryPartitionIT {
  private static final int AT_ONCE = 12;

  @TempDir Path folder;
  @TempDir Path place;
  private Namespace runners;
  private Namespace servers;
  private OwnServer own;

  @BeforeEach
  void aServerInside() throws Exception {
    runners = Namespace.made(0);
    servers = Namespace.made(1);
    own = OwnServer.within(servers, place, "max_connections = 400");
  }

  @AfterEach
  void ends() {
    if (own != null) {
      own.close();
    }
    for (var namespace : new Namespace[] {runners, servers}) {
      if (namespace != null) {
        namespace.close();
      }
    }
  }

  @Test
  void bothSidesFindOutByThemselves() throws Exception {
    var partings = new ArrayList<Callable<Point>>();
    for (var shape : Shape.values()) {
      var place = Files.createDirectory(folder.resolve(shape.name()));
      var trial = Trial.on(own.server(), shape, place);
      var trips = trial.roundTrips();
      var points = Boundaries.of(trips.size(), trips.size() / 3, Moment.values());
      points.stream()
          .filter(point -> point.trip() > untilTheSessionIsSetUp(trips))
          .forEach(point -> partings.add(() -> parted(trial.again(), point)));
    }
    try (var pool = Executors.newFixedThreadPool(AT_ONCE)) {
      assertAll(pool.invokeAll(partings).stream().map(done -> done::get));
    }
  }

  /** Before that it has neither lock nor work, and the server looks after it once in two hours. */
  private static int untilTheSessionIsSetUp(List<String> trips) {
    return IntStream.range(0, trips.size())
            .filter(trip -> trips.get(trip).contains("set_config(name, wanted, false)"))
            .findFirst()
            .orElseThrow()
        + 1;
  }

  private Point parted(Trial trial, Point point) throws Exception {
    var log = folder.resolve(trial.database().name());
    try (var link = new Link(runners, servers, own.server(), point)) {
      var runner = runner(trial, link, log);
      link.untilItIsParted(runner, log);
      point.told(
          link.wire(),
          () -> {
            var after = new Aftermath(trial);
            after.lockIsFree();
            after.nextRunIsGreenOrNamesWhatWasCutOff();
            link.untilNoticed(
                () -> !runner.isAlive() || Files.readString(log).contains("waiting: "));
            link.heal();
            assertThat(runner.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(runner.exitValue()).as(Files.readString(log)).isIn(0, 10, 20);
            after.everythingIsThereOnce();
          });
    }
    return point;
  }

  private Process runner(Trial trial, Link link, Path log) throws IOException {
    return trial
        .through(link.wire())
        .with("PGHOST", runners.outside())
        .with("SLUICE_DEADLINE", "10m")
        .start(log, runners.by());
  }
}
