package dev.sluice.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Condition;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.e2e.harness.Changelog;
import dev.sluice.e2e.harness.DrizzleFolder;
import dev.sluice.e2e.harness.Manifest;
import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.Site;
import dev.sluice.e2e.harness.SiteDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The real drizzle-kit in an image of its own, as docs/other-tools.md shows it. */
@ExtendWith(OnCluster.class)
final class DrizzleKitE2E {
  private static final DrizzleFolder USERS =
      DrizzleFolder.of(1_700_000_000_000L, "0000_users", "create table users (id int);");

  private final Site site;

  DrizzleKitE2E(Site site) {
    this.site = site;
  }

  @Test
  void whatThePageShowsMigratesTheDatabase() {
    var database = site.database();
    var folder = USERS.and(1_700_000_001_000L, "0001_orders", "create table orders (id int);");

    var status = site.apply(drizzle(database, folder.files())).awaitReady();

    assertThat(reasons(status)).containsOnly("AppliedUnverified");
    assertThat(database.tables()).containsExactly("orders", "users");
    assertThat(database.query("select created_at from drizzle.__drizzle_migrations order by id"))
        .containsExactly("1700000000000", "1700000001000");
    assertThat(site.everythingToSee())
        .contains(database.host())
        .doesNotContain(database.password());
  }

  @Test
  void aMigrationThatDrizzleKitPassesOverInSilenceIsNamed() {
    var database = site.database();
    var orders = USERS.and(1_700_000_002_000L, "0001_orders", "create table orders (id int);");
    var late = orders.and(1_700_000_001_000L, "0002_late", "create table late (id int);");
    var manifest =
        drizzle(database, orders.files())
            .with("metadata.name", "verified")
            .with("spec.verify.changelog", "drizzle");
    assertThat(reasons(site.apply(manifest).awaitReady())).containsOnly("Applied");

    var status =
        site.apply(
                manifest
                    .image(site.image("drizzle-kit", "/app/drizzle", late.files()))
                    .revision("1.43.0"))
            .awaitStalled();

    assertThat(database.tables()).containsExactly("orders", "users");
    var failure = requireNonNull(requireNonNull(status.lastRun()).failure());
    assertThat(failure.reason()).isEqualTo("LedgerDiffers");
    assertThat(failure.message()).isEqualTo("isn't in drizzle.__drizzle_migrations: 0002_late.sql");
    assertThat(status.appliedRevision()).isEqualTo("1.42.0");
    assertThat(site.everythingToSee())
        .contains("LedgerDiffers: isn't in drizzle.__drizzle_migrations")
        .doesNotContain(database.password());
  }

  @Test
  void aMigrationThatFailsLeavesTheApplicationAsItIs() {
    var database = site.database();
    var application = site.deploy("untouched");
    var broken = USERS.and(1_700_000_001_000L, "0001_broken", "select 1/0;");

    var status =
        site.apply(
                drizzle(database, broken.files())
                    .with("metadata.name", "broken")
                    .with("spec.run.attempts", 2)
                    .with("spec.run.backoff", Map.of("initial", "1s", "max", "1s")))
            .awaitStalled();

    assertThat(reasons(status)).containsOnly("AttemptsExhausted");
    var failure = requireNonNull(requireNonNull(status.lastRun()).failure());
    assertThat(failure.message()).contains("exit code 1,");
    assertThat(database.tables()).isEmpty();
    assertThat(site.application("untouched").getSpec()).isEqualTo(application.getSpec());
  }

  private Manifest drizzle(SiteDatabase database, Changelog folder) {
    return site.documented("docs/other-tools.md", "drizzle-kit", database)
        .image(site.image("drizzle-kit", "/app/drizzle", folder))
        .revision("1.42.0");
  }

  private static List<String> reasons(DatabaseMigrationStatus status) {
    return status.conditions().stream().map(Condition::reason).toList();
  }
}
