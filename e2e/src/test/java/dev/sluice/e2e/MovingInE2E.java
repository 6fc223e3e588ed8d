package dev.sluice.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.e2e.harness.Changelog;
import dev.sluice.e2e.harness.DrizzleFolder;
import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.Site;
import dev.sluice.e2e.harness.SiteDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Databases that the real tools have migrated, each in an image of its own, become Sluice's. */
@ExtendWith(OnCluster.class)
final class MovingInE2E {
  private final Site site;

  MovingInE2E(Site site) {
    this.site = site;
  }

  @Test
  void whatDrizzleKitHasMigratedIsTakenOverAndOnlyTheRestRuns() {
    var database = site.database();
    var folder =
        DrizzleFolder.of(1_700_000_000_000L, "0000_users", "create table users (id int);")
            .and(1_700_000_001_000L, "0001_orders", "create table orders (id int);");
    site.apply(
            site.documented("docs/other-tools.md", "drizzle-kit", database)
                .with("metadata.name", "before-drizzle")
                .image(site.image("drizzle-kit", "/app/drizzle", folder.files()))
                .revision("1.42.0"))
        .awaitReady();

    var next = folder.and(1_700_000_002_000L, "0002_items", "create table items (id int);");
    onlyTheRestRan(
        "of-drizzle", database, next.files(), "2 migrations of drizzle.__drizzle_migrations");

    assertThat(database.query("select created_at from drizzle.__drizzle_migrations order by id"))
        .as("kept in step")
        .containsExactly("1700000000000", "1700000001000", "1700000002000");
  }

  @Test
  void whatFlywayHasMigratedIsTakenOverAndOnlyTheRestRuns() {
    var database = site.database();
    var files =
        Changelog.file("V1__users.sql", "create table users (id int);\n")
            .and("V2__orders.sql", "create table orders (id int);\n");
    site.apply(
            site.documented("docs/other-tools.md", "Flyway", database)
                .with("metadata.name", "before-flyway")
                .image(site.image("flyway", "/migrations", files))
                .revision("1.42.0"))
        .awaitReady();

    onlyTheRestRan(
        "of-flyway",
        database,
        files.and("V3__items.sql", "create table items (id int);\n"),
        "2 migrations of \"public\".flyway_schema_history");

    assertThat(database.query("select version from flyway_schema_history order by 1"))
        .as("kept in step")
        .containsExactly("1", "2", "3");
  }

  private void onlyTheRestRan(String name, SiteDatabase database, Changelog files, String taken) {
    var migration =
        site.apply(
            site.manifest(name, database)
                .image(site.image(files))
                .revision("1.43.0")
                .with("spec.changelog.path", "."));

    var status = migration.awaitReady();

    assertThat(status.applied()).isEqualTo(3);
    assertThat(requireNonNull(status.lastRun()).applied())
        .singleElement()
        .asString()
        .contains("items");
    assertThat(database.tables()).contains("items", "orders", "users");
    assertThat(
            site.client().v1().events().inNamespace(site.namespace()).list().getItems().stream()
                .filter(event -> "Adopted".equals(event.getReason()))
                .filter(event -> event.getInvolvedObject().getName().equals(name))
                .filter(event -> event.getMessage().startsWith(taken)))
        .as(site.everythingToSee())
        .hasSize(1);
  }
}
