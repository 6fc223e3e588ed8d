package dev.sluice.migrations.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.TestServer;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database on a disk of its own, which is small. */
class FullDiskIT {
  private static final TestDatabase MAIN = new TestDatabase(TestServer.shared(), TestServer.USER);

  @TempDir Path folder;
  @TempDir Path disk;
  private Trial trial;

  @BeforeEach
  void aSmallDisk() {
    assumeTrue(
        Command.works("mount", "-t", "tmpfs", "-o", "size=24m,mode=700", "tmpfs", disk.toString()),
        "only root may mount a small disk");
    trial = Trial.of(Shape.DRIZZLE, folder);
    MAIN.execute("create tablespace small location '%s'".formatted(disk));
    MAIN.execute("alter database %s set tablespace small".formatted(trial.database().name()));
  }

  @AfterEach
  void unmount() {
    if (trial != null) {
      MAIN.execute("drop database if exists %s with (force)".formatted(trial.database().name()));
      MAIN.execute("drop tablespace if exists small");
      Command.run("umount", disk.toString());
    }
  }

  @Test
  void aFullDiskMayPass() throws Exception {
    var full = new When("generate_series", Moment.BEFORE);
    try (var wire = trial.wire(full.then(this::fill))) {
      var ran = trial.through(wire).run();
      assertThat(ran.exit()).as(ran.output()).isEqualTo(10);
      assertThat(ran.failure().sqlState()).isEqualTo("53100");
      assertThat(ran.failure().changeSet()).isEqualTo(trial.shape().changeSet("01_rows"));
    }
    trial.database().execute("drop table filler");
    new Aftermath(trial).holds();
  }

  /** With ever smaller pieces, to the last page. */
  private void fill() throws SQLException {
    try (var connection = trial.database().connect();
        var statement = connection.createStatement()) {
      statement.execute("create table filler (t text)");
      for (var rows = 10_000; rows > 0; rows /= 4) {
        try {
          while (true) {
            statement.execute(
                "insert into filler select repeat('x', 1000) from generate_series(1, %d)"
                    .formatted(rows));
          }
        } catch (SQLException e) {
          assertThat(e.getSQLState()).isEqualTo("53100");
        }
      }
    }
  }
}
