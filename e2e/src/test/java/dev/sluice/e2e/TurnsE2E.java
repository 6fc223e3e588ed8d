package dev.sluice.e2e;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.LastRun;
import dev.sluice.e2e.harness.DrizzleFolder;
import dev.sluice.e2e.harness.Manifest;
import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.Site;
import dev.sluice.e2e.harness.SiteDatabase;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The real drizzle-kit, which has no lock, several times on one database. */
@ExtendWith(OnCluster.class)
final class TurnsE2E {
  private static final long DAY = 1_700_000_000_000L;

  private final Site site;

  TurnsE2E(Site site) {
    this.site = site;
  }

  @Test
  void noRunBeginsBeforeTheOneAheadHasEnded() {
    var database = site.database();
    var slow = DrizzleFolder.of(DAY, "0000_slow", "select pg_sleep(5);");
    var image = site.image("drizzle-kit", "/app/drizzle", slow.files());

    var all =
        Stream.of("a", "b", "c").map(name -> site.apply(drizzle(name, image, database))).toList();
    var runs = all.stream().map(m -> run(m.awaitReady())).toList();

    doNotOverlap(runs.stream().sorted(comparing(TurnsE2E::start)).toList());
    assertThat(database.query("select count(*) from drizzle.__drizzle_migrations"))
        .containsExactly("1");
  }

  private static void doNotOverlap(List<LastRun> runs) {
    for (var i = 1; i < runs.size(); i++) {
      assertThat(start(runs.get(i))).isAfterOrEqualTo(runs.get(i - 1).finishedAt());
    }
  }

  private static Instant start(LastRun run) {
    return requireNonNull(run.startedAt());
  }

  private Manifest drizzle(String name, String image, SiteDatabase database) {
    return site.documented("docs/other-tools.md", "drizzle-kit", database)
        .with("metadata.name", name)
        .image(image)
        .revision("1.42.0");
  }

  private static LastRun run(DatabaseMigrationStatus status) {
    return requireNonNull(status.lastRun());
  }
}
