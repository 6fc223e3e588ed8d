package dev.sluice.authoring.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a process of its own, which a signal ends. */
class DevIT {
  private static final Pattern URL =
      Pattern.compile("postgresql://postgres:([0-9a-f]{24})@127\\.0\\.0\\.1:(\\d+)/dev");

  private static final int TRIES = 100;

  @TempDir private Path folder = Path.of("");
  private Path scratch = Path.of("");
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void folders() throws IOException {
    scratch = Files.createDirectories(Path.of("/tmp/sluice-dev-it-" + System.nanoTime()));
    file("V1__init.sql", "create table users (id int)");
  }

  @AfterEach
  void ended() throws Exception {
    for (var process : started) {
      process.destroyForcibly().waitFor();
    }
    // a server ends with the program that started it, a moment later
    for (var tries = 0; Files.exists(scratch); tries++) {
      try (var left = Files.walk(scratch)) {
        for (var entry : left.toList().reversed()) {
          Files.deleteIfExists(entry);
        }
      } catch (IOException | UncheckedIOException e) {
        if (tries == TRIES) {
          throw e;
        }
        Thread.sleep(100);
      }
    }
  }

  @Test
  void aDatabaseIsUpUntilCtrlC() throws Exception {
    var process = dev();
    awaited("Ctrl-C ends it");
    assertThat(output()).contains("V1__init").doesNotContain("new files");
    assertThat(query("select count(*) from users")).isEqualTo("0");
    assertThat(query("select rolsuper from pg_roles where rolname = current_user")).isEqualTo("f");
    interrupted(process);
    assertThat(process.exitValue()).isZero();
    try (var left = Files.list(scratch)) {
      assertThat(left.filter(file -> !file.toString().contains("hsperf"))).isEmpty();
    }
  }

  @Test
  void itIsNobodysWithoutItsPassword() throws Exception {
    dev();
    awaited("Ctrl-C ends it");
    var url = URL.matcher(output());
    assertThat(url.find()).isTrue();
    var address = "jdbc:postgresql://127.0.0.1:" + url.group(2) + "/dev";
    for (var user : List.of("postgres", "sluice_rehearsal")) {
      assertThat(refused(address, user)).isEqualTo("28P01");
    }
  }

  @Test
  void newFilesAreAppliedAsTheyAppear() throws Exception {
    var process = dev("--watch");
    awaited("new files are applied");
    file("V2__tier.sql", "alter table users add tier text");
    awaited("V2__tier ...");
    awaited("2 changesets, nothing is pending");
    assertThat(query("select count(tier) from users")).isEqualTo("0");

    file("V3__bad.sql", "alter table nowhere add tier text");
    awaited("relation \"nowhere\" does not exist");
    file("V3__bad.sql", "alter table users add more text");
    awaited("3 changesets, nothing is pending");
    interrupted(process);
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void aMigrationThatFailsEndsItWithoutWatching() throws Exception {
    file("V2__bad.sql", "select nothing");
    var process = dev();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(20);
    assertThat(output()).contains("V2__bad").doesNotContain("Ctrl-C");
    try (var left = Files.list(scratch)) {
      assertThat(left.filter(file -> !file.toString().contains("hsperf"))).isEmpty();
    }
  }

  private Process dev(String... more) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + scratch,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.sluice.authoring.Main",
                "dev",
                "--root",
                folder.toString(),
                "--changelog",
                "db"));
    command.addAll(List.of(more));
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile());
    builder.environment().putAll(Sluice.withServers().environment());
    var process = builder.start();
    started.add(process);
    return process;
  }

  private static void interrupted(Process process) throws Exception {
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  private void awaited(String words) throws Exception {
    var until = Instant.now().plus(Duration.ofSeconds(60));
    while (!output().contains(words)) {
      assertThat(Instant.now()).as(output()).isBefore(until);
      Thread.sleep(100);
    }
  }

  private String output() throws IOException {
    var out = folder.resolve("out");
    return Files.exists(out) ? Files.readString(out) : "";
  }

  private String query(String sql) throws Exception {
    var url = URL.matcher(output());
    assertThat(url.find()).as(output()).isTrue();
    var address = "jdbc:postgresql://127.0.0.1:" + url.group(2) + "/dev";
    try (var connection = DriverManager.getConnection(address, "postgres", url.group(1));
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static String refused(String address, String user) {
    try (var connection = DriverManager.getConnection(address, user, "wrong")) {
      return "connected to " + connection.getCatalog();
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }

  private void file(String name, String sql) throws IOException {
    Files.createDirectories(folder.resolve("db"));
    Files.writeString(folder.resolve("db").resolve(name), sql);
  }
}
