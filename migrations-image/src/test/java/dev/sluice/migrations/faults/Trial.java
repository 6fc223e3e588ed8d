package dev.sluice.migrations.faults;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.TestServer;
import dev.sluice.migrations.cli.TestRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One database and the twelve steps in one of their shapes. */
record Trial(Shape shape, TestDatabase database, TestChangelog changelog) {
  static Trial of(Shape shape, Path folder) {
    return on(TestServer.shared(), shape, folder);
  }

  static Trial on(TestServer server, Shape shape, Path folder) {
    var trial = new Trial(shape, server.database(), new TestChangelog(folder));
    shape.write(trial.changelog);
    shape.empty(trial.database);
    return trial;
  }

  @FunctionalInterface
  interface Work {
    void on(Trial trial) throws Exception;
  }

  /** In both shapes at the same time. */
  static void both(Path folder, Work work) throws Exception {
    try (var pool = Executors.newFixedThreadPool(2)) {
      var done = new ArrayList<Future<?>>();
      for (var shape : Shape.values()) {
        var place = Files.createDirectory(folder.resolve(shape.name()));
        done.add(
            pool.submit(() -> {
              work.on(of(shape, place));
              return shape;
            }));
      }
      for (var one : done) {
        one.get();
      }
    }
  }

  /** A run that goes straight to the server. */
  TestRunner sluice() {
    return new TestRunner(database, changelog)
        .with("PGHOST", database.server().host())
        .with("PGSSLMODE", "disable")
        .with("SLUICE_CHANGELOG", shape.path());
  }

  TestRunner through(Wire wire) {
    return sluice().with("PGHOST", "127.0.0.1").with("PGPORT", String.valueOf(wire.port()));
  }

  Wire wire(Wire.Plan plan) {
    return new Wire(database.server(), plan);
  }

  /** The same changelog, for a database of its own. */
  Trial again() {
    var other = new Trial(shape, database.server().database(), changelog);
    shape.empty(other.database);
    return other;
  }

  /** Those of a run that nothing befalls; the database is empty again afterwards. */
  List<String> roundTrips() throws IOException {
    try (var wire = wire((_, _, _) -> Wire.Fate.PASSES)) {
      var ran = through(wire).run();
      if (ran.exit() != 0) {
        throw new AssertionError(ran.output());
      }
      shape.empty(database);
      return wire.trips();
    }
  }

  /** Everything before the statement with these words. */
  void upTo(String words) throws IOException {
    try (var wire = wire(new When(words, Moment.BEFORE).then(() -> {}, Wire.Fate.IS_CUT))) {
      through(wire).run();
    }
  }

  /** A process of its own. */
  Process process(Wire wire) throws IOException {
    return process(wire, "sluice");
  }

  Process process(Wire wire, String applicationName) throws IOException {
    var log = Files.createTempFile("run", ".log");
    log.toFile().deleteOnExit();
    // on a busy machine it may be frozen for longer than usual
    return through(wire)
        .with("PGAPPNAME", applicationName)
        .with("SLUICE_DEADLINE", "10m")
        .start(log);
  }
}
