package dev.sluice.migrations.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.TestServer;
import dev.sluice.migrations.cli.TestRunner;
import dev.sluice.migrations.database.SessionSettings;
import dev.sluice.migrations.postgres.SocketConnector;
import dev.sluice.migrations.postgres.Sql;
import dev.sluice.migrations.report.Exit;
import dev.sluice.migrations.report.RehearsalVerdict;
import dev.sluice.migrations.report.RehearsalVerdict.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What befalls the throw-away server, or its run, in the middle of a rehearsal. */
final class RehearsalFaultsIT {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;
  @TempDir Path scratch;
  private final TestDatabase database = TestServer.shared().database();
  private TestChangelog changelog;
  private TestRunner runner;

  @BeforeEach
  void aRunThatRehearses() throws IOException {
    // as root, the server runs as another user, who has to reach it
    Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxr-xr-x"));
    changelog = new TestChangelog(folder);
    changelog.with("db/V1__customers.sql", "create table customers (id int)");
    // the real database is no socket of a throw-away server
    migration(
        "select pg_sleep(case current_setting('listen_addresses') when '' then 300 else 0 end)");
    runner =
        new TestRunner(database, changelog)
            .with("PGSSLMODE", "disable")
            .with("SLUICE_CHANGELOG", "db")
            .with("SLUICE_DEADLINE", "5m")
            .with("SLUICE_REHEARSAL_DIR", scratch.toString())
            .with("SLUICE_POSTGRES_HOME", Path.of("target/postgres").toAbsolutePath().toString());
  }

  private void migration(String sql) {
    changelog.with("db/V2__slow.sql", sql);
  }

  @AfterEach
  void nothingIsLeft() {
    await("servers end").atMost(LONG).until(() -> processes().findAny().isEmpty());
  }

  /** Those of servers in the scratch folder. */
  private Stream<ProcessHandle> processes() {
    return ProcessHandle.allProcesses().filter(process -> command(process).contains(scratch + "/"));
  }

  private static String command(ProcessHandle process) {
    try {
      var words = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "cmdline"));
      return words.replace('\0', ' ');
    } catch (IOException _) {
      return ""; // it has ended
    }
  }

  /** Of the session in which a migration sleeps. */
  private ProcessHandle backend() {
    return backend(database.name());
  }

  private ProcessHandle backend(String name) {
    return await("a migration sleeps")
        .atMost(LONG)
        .until(() -> sleeping(name), Optional::isPresent)
        .flatMap(ProcessHandle::of)
        .orElseThrow();
  }

  private Optional<Long> sleeping(String name) {
    try (var folders = Files.list(scratch);
        var session =
            new SocketConnector(folders.findFirst().orElseThrow())
                .session(name, "sluice_rehearsal", SessionSettings.DEFAULT)) {
      return Sql.rows(
              session.connection(),
              row -> row.getLong(1),
              "select pid from pg_stat_activity where wait_event = 'PgSleep'")
          .stream()
          .findFirst();
    } catch (IOException | SQLException | NoSuchElementException _) {
      return Optional.empty(); // it isn't ready yet
    }
  }

  private ProcessHandle server() {
    return backend().parent().orElseThrow();
  }

  private CompletableFuture<TestRunner.Ran> running(String mode) {
    return CompletableFuture.supplyAsync(runner.with("SLUICE_REHEARSAL", mode)::run);
  }

  private static TestRunner.Ran ended(CompletableFuture<TestRunner.Ran> running) throws Exception {
    return running.get(5, TimeUnit.MINUTES);
  }

  private static RehearsalVerdict verdict(TestRunner.Ran ran) {
    return Objects.requireNonNull(ran.report().rehearsal(), "it wasn't rehearsed");
  }

  /** Soon: a run goes on while its server ends. */
  private void isEmpty(Path place) {
    await("the scratch folder is empty")
        .atMost(LONG)
        .untilAsserted(() -> {
          try (var left = Files.list(place)) {
            assertThat(left).as("left in the scratch folder").isEmpty();
          }
        });
  }

  private void refuses(TestRunner.Ran ran, String why) throws IOException {
    assertThat(ran.report().exit()).as(ran.output()).isEqualTo(Exit.TRANSIENT);
    assertThat(ran.message()).contains("it can't be rehearsed: ").contains(why);
    assertThat(verdict(ran).result()).isEqualTo(Result.SKIPPED);
    assertThat(database.has("customers")).as("the database was touched").isFalse();
    isEmpty(scratch);
  }

  private void goesOn(TestRunner.Ran ran, String why) throws IOException {
    assertThat(ran.report().exit()).as(ran.output()).isEqualTo(Exit.SUCCESS);
    assertThat(verdict(ran).warning()).contains(why);
    assertThat(database.has("customers")).isTrue();
    isEmpty(scratch);
  }

  @Test
  void itsBackendIsKilled() throws Exception {
    var why = "its process was killed, as by the memory limit of the container";
    var enforced = running("Enforce");
    backend().destroyForcibly();
    refuses(ended(enforced), why);
    var warned = running("Warn");
    backend().destroyForcibly();
    goesOn(ended(warned), why);
  }

  @Test
  void itsServerIsKilled() throws Exception {
    var why = "it was killed, as by the memory limit of the container";
    var enforced = running("Enforce");
    server().destroyForcibly();
    refuses(ended(enforced), why);
    var warned = running("Warn");
    server().destroyForcibly();
    goesOn(ended(warned), why);
  }

  @Test
  void aMigrationEndsItsOwnSession() throws Exception {
    migration("select pg_terminate_backend(pg_backend_pid())");
    refuses(ended(running("Enforce")), "V2__slow");
  }

  @Test
  void itsDiskIsFull() throws Exception {
    assumeTrue(small(64), "only root may mount a small disk");
    try {
      migration("create table big as select repeat('x', 1000) from generate_series(1, 200000)");
      refuses(ended(running("Enforce")), "No space left on device");
    } finally {
      Command.run("umount", scratch.toString());
    }
  }

  @Test
  void itsDiskIsTooSmallForAServer() throws Exception {
    assumeTrue(small(8), "only root may mount a small disk");
    try {
      refuses(ended(running("Enforce")), "PostgreSQL can't be started: ");
      goesOn(ended(running("Warn")), "PostgreSQL can't be started: ");
    } finally {
      Command.run("umount", scratch.toString());
    }
  }

  private boolean small(int megabytes) {
    return Command.works(
        "mount",
        "-t",
        "tmpfs",
        "-o",
        "size=%dm,mode=755".formatted(megabytes),
        "tmpfs",
        scratch.toString());
  }

  private Path output() {
    return folder.resolve("output");
  }

  /** A process of its own, without a database. */
  private Process process() throws IOException {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.sluice.migrations.cli.Main",
            "rehearse",
            "--root",
            folder.toString(),
            "--changelog",
            "db");
    builder.environment().put("SLUICE_REHEARSAL_DIR", scratch.toString());
    builder
        .environment()
        .put("SLUICE_POSTGRES_HOME", Path.of("target/postgres").toAbsolutePath().toString());
    return builder.redirectErrorStream(true).redirectOutput(output().toFile()).start();
  }

  @Test
  void itsRunIsStopped() throws Exception {
    var running = running("Warn");
    backend();
    runner.interrupt();
    var ran = ended(running);
    assertThat(ran.report().exit()).as(ran.output()).isEqualTo(Exit.WAITED);
    assertThat(database.has("customers")).isFalse();
    isEmpty(scratch);
  }

  @Test
  void itsProcessIsStopped() throws Exception {
    var process = process();
    backend("rehearsal");
    process.destroy();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isNotZero();
    isEmpty(scratch);
  }

  /** While its server is copied and started: from the folder on, in steps of a few files. */
  @ParameterizedTest
  @ValueSource(ints = {0, 10, 40, 80, 160})
  void itsProcessIsStoppedAsItBegins(int milliseconds) throws Exception {
    var process = process();
    await("its folder is there")
        .pollInterval(Duration.ofMillis(1))
        .atMost(LONG)
        .until(() -> {
          try (var made = Files.list(scratch)) {
            return made.findAny().isPresent();
          }
        });
    Thread.sleep(milliseconds);
    process.destroy();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(output()).content().doesNotContain("a bug").doesNotContain("was killed");
    isEmpty(scratch);
  }

  @Test
  void itsDeadlineComes() throws Exception {
    runner.with("SLUICE_DEADLINE", "15s");
    var ran = ended(running("Warn"));
    assertThat(ran.report().exit()).as(ran.output()).isEqualTo(Exit.WAITED);
    assertThat(database.has("customers")).isFalse();
    isEmpty(scratch);
  }

  /** Nobody is left who would delete its folder, so the next rehearsal does. */
  @Test
  void itsProcessIsKilled() throws Exception {
    var process = process();
    backend("rehearsal");
    process.destroyForcibly();
    await("the server ends").atMost(LONG).until(() -> processes().findAny().isEmpty());
    migration("select 1");
    assertThat(process().waitFor()).as(Files.readString(output())).isZero();
    isEmpty(scratch);
  }

  @Test
  void itsFolderStaysWhileAnotherProcessRehearses() throws Exception {
    var process = process();
    var backend = backend("rehearsal");
    migration("select 1");
    assertThat(process().waitFor()).as(Files.readString(output())).isZero();
    assertThat(backend("rehearsal")).isEqualTo(backend);
    process.destroy();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    isEmpty(scratch);
  }

  @Test
  void twoShareAFolderAndADatabase() throws Exception {
    migration("create table orders (id int)");
    var one = running("Enforce");
    var other = running("Enforce");
    for (var ran : List.of(ended(one), ended(other))) {
      assertThat(ran.report().exit()).as(ran.output()).isEqualTo(Exit.SUCCESS);
    }
    isEmpty(scratch);
  }

  @Test
  void theDatabaseChangesMeanwhile() throws Exception {
    migration(
        "select pg_sleep(case current_setting('listen_addresses') when '' then 5 else 0 end)");
    var running = running("Enforce");
    backend();
    database.execute("create table customers (by_hand int)");
    var ran = ended(running);
    assertThat(ran.reason()).isEqualTo("ChangeSetFailed");
    assertThat(ran.failure().sqlState()).isEqualTo("42P07");
    assertThat(verdict(ran).result()).isEqualTo(Result.PASSED);
  }
}
