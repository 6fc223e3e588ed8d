package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Condition;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.e2e.harness.Changelog;
import dev.sluice.e2e.harness.Manifest;
import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.Site;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The real golang-migrate in an image of its own, as docs/other-tools.md shows it. */
@ExtendWith(OnCluster.class)
final class GolangMigrateE2E {
  private static final Changelog USERS =
      Changelog.file("1_users.up.sql", "create table users (id bigint primary key);\n");

  private final Site site;

  GolangMigrateE2E(Site site) {
    this.site = site;
  }

  @Test
  void whatThePageShowsMigratesTheDatabaseUntilAVersionFails() {
    var database = site.database();
    var manifest = site.documented("docs/other-tools.md", "golang-migrate", database);

    var status = site.apply(of(manifest, "1.42.0", USERS)).awaitReady();

    assertThat(reasons(status)).containsOnly("AppliedUnverified");
    assertThat(database.tables()).containsExactly("schema_migrations", "users");

    var broken = USERS.and("2_broken.up.sql", "select 1/0;\n");
    var shop = site.apply(of(manifest, "1.43.0", broken));
    var failed = shop.awaitStalled();

    assertThat(reasons(failed)).containsOnly("AttemptsExhausted");
    assertThat(failed.appliedRevision()).isEqualTo("1.42.0");
    shop.awaitLog("division by zero");
    assertThat(database.query("select version, dirty from schema_migrations"))
        .containsExactly("2|t");

    site.apply(of(manifest, "1.43.1", broken)).awaitStalled();

    shop.awaitLog("Dirty database version 2");
    assertThat(site.everythingToSee()).doesNotContain(database.password());
  }

  private Manifest of(Manifest manifest, String revision, Changelog migrations) {
    return manifest
        .image(site.image("golang-migrate", "/migrations", migrations))
        .revision(revision);
  }

  private static List<String> reasons(DatabaseMigrationStatus status) {
    return status.conditions().stream().map(Condition::reason).toList();
  }
}
