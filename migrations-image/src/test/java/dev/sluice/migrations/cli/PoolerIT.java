package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.PgBouncer;
import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Through the real PgBouncer. */
class PoolerIT {
  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  @TempDir Path bouncer;
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog =
      fixture.changelog().with("root.sql", TestChangelog.TWO_TABLES);

  private TestRunner through(PgBouncer pooler) {
    return fixture.runner().with("PGPORT", String.valueOf(pooler.port()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pool_mode = transaction",
        "pool_mode = transaction\ndefault_pool_size = 1",
        "pool_mode = transaction\nignore_startup_parameters = extra_float_digits",
        "pool_mode = statement"
      })
  void isRefusedWhereItMixesSessions(String mode) throws Exception {
    try (var pooler = PgBouncer.start(bouncer, mode)) {
      var ran = through(pooler).run();
      assertThat(ran.exit()).isEqualTo(40);
      assertThat(ran.reason()).isEqualTo("PoolerRefused");
      assertThat(ran.message()).contains("transaction mode");
      assertThat(database.has("users")).isFalse();
    }
  }

  /** With one, the runner's second connection gets none. */
  @ParameterizedTest
  @ValueSource(ints = {20, 1})
  void isNoObstacleInSessionMode(int poolSize) throws Exception {
    var size = "default_pool_size = " + poolSize;
    try (var pooler = PgBouncer.start(bouncer, "pool_mode = session", size)) {
      assertThat(through(pooler).run().exit()).isZero();
      assertThat(through(pooler).run().report().outcome().label()).isEqualTo("NothingPending");
      assertThat(database.query("select locked from databasechangeloglock")).containsExactly("f");
      assertThat(database.query("select count(*) from pg_locks where locktype = 'advisory'"))
          .containsExactly("0");
    }
  }

  @Test
  void letsTheDeadlineCancelWhatRuns() throws Exception {
    changelog.sql("--changeset ann:1\nselect pg_sleep(60);\n");
    try (var pooler = PgBouncer.start(bouncer, "pool_mode = session")) {
      var ran = through(pooler).with("SLUICE_DEADLINE", "3s").run();
      assertThat(ran.exit()).isEqualTo(11);
      assertThat(ran.reason()).isEqualTo("DeadlineExceeded");
    }
  }
}
