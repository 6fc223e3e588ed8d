package dev.sluice.migrations.faults;

import static java.time.Duration.ofMinutes;
import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.TestServer;
import dev.sluice.migrations.liquibase.EmbeddedLiquibase;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Others that want to bring the same database to the same changelog at the same time. */
class BesideIT {
  @TempDir Path folder;

  /** The holder's index doesn't wait for who waits for the holder. */
  @ParameterizedTest
  @EnumSource
  void ofFourRunsOneApplies(Shape shape) throws Exception {
    var trial = Trial.of(shape, folder);
    try (var pool = Executors.newFixedThreadPool(4);
        var wire = trial.wire((_, _, _) -> Wire.Fate.PASSES)) {
      Callable<Integer> run = () -> trial.process(wire).waitFor();
      for (var exit : pool.invokeAll(List.of(run, run, run, run))) {
        assertThat(exit.get()).isZero();
      }
      assertThat(wire.trips()).filteredOn(sql -> sql.contains("create table counted")).hasSize(1);
    }
    new Aftermath(trial).everythingIsThereOnce();
  }

  @Test
  void aPlainLiquibaseWaitsForUs() throws Exception {
    var trial = Trial.of(Shape.LIQUIBASE, folder);
    var theirs = new CompletableFuture<@Nullable Void>();
    var at = new When("generate_series", Moment.BEFORE);
    try (var straight = trial.wire((_, _, _) -> Wire.Fate.PASSES);
        var wire =
            trial.wire(
                at.then(() -> {
                  Thread.ofPlatform().start(() -> updated(trial, straight, theirs));
                  untilOneAskedForTheLock(straight);
                }))) {
      assertThat(trial.process(wire).waitFor()).isZero();
      theirs.get();
    }
    assertThat(at.happened()).isTrue();
    new Aftermath(trial).everythingIsThereOnce();
  }

  @Test
  void weWaitForAPlainLiquibase() throws Exception {
    var trial = Trial.of(Shape.LIQUIBASE, folder);
    var ours = new CompletableFuture<Process>();
    var at = new When("generate_series", Moment.BEFORE);
    try (var straight = trial.wire((_, _, _) -> Wire.Fate.PASSES);
        var wire =
            trial.wire(
                at.then(() -> {
                  ours.complete(trial.process(straight));
                  untilOneAskedForTheLock(straight);
                }))) {
      update(trial, wire);
      assertThat(ours.get().waitFor()).isZero();
      assertThat(straight.trips()).noneMatch(sql -> sql.contains("generate_series"));
    }
    new Aftermath(trial).everythingIsThereOnce();
  }

  private static void updated(Trial trial, Wire wire, CompletableFuture<@Nullable Void> done) {
    try {
      update(trial, wire);
      done.complete(null);
    } catch (Exception e) {
      done.completeExceptionally(e);
    }
  }

  /** As a plain Liquibase does. */
  private static void update(Trial trial, Wire wire) throws Exception {
    EmbeddedLiquibase.update(
        new TestDatabase(new TestServer(wire.port()), trial.database().name()),
        trial.changelog(),
        trial.shape().path());
  }

  private static void untilOneAskedForTheLock(Wire wire) {
    await()
        .atMost(ofMinutes(2))
        .until(() ->
            wire.trips().stream()
                .anyMatch(sql -> sql.toLowerCase(ROOT).contains("databasechangeloglock")));
  }
}
