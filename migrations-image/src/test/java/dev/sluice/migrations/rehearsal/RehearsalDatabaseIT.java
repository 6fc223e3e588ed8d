package dev.sluice.migrations.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.database.Deadline;
import dev.sluice.migrations.database.SessionSettings;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.postgres.Sql;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RehearsalDatabaseIT {
  private static final PostgresHome HOME =
      PostgresHome.of(
          Map.of(PostgresHome.VARIABLE, Path.of("target/postgres").toAbsolutePath().toString()));

  /** Roles are of the whole server, and a replay may have made some. */
  @Test
  void whatAReplayMadeIsGoneWhenItIsMadeAgain() throws Exception {
    try (var server =
        ThrowawayServer.starting(
            HOME, 18, Path.of("/tmp"), new Stop(Deadline.in(Duration.ofMinutes(2))), false)) {
      var place = new RehearsalDatabase(server, TargetFacts.ofNothing(18, "postgres", "rehearsal"));
      for (var time = 0; time < 2; time++) {
        place.make(List.of("app"), false);
        try (var session = place.session(SessionSettings.DEFAULT)) {
          Sql.execute(
              session.connection(),
              "create role made_here; create table app.t (id int); grant select on app.t to"
                  + " made_here; create role another in role made_here");
        }
      }
      try (var admin = place.admin()) {
        assertThat(
                Sql.rows(
                    admin.connection(),
                    row -> row.getString(1),
                    "select rolname from pg_roles where rolname !~ '^pg_' order by 1"))
            .containsExactly("another", "made_here", "postgres", "sluice_rehearsal");
      }
    }
  }
}
