package dev.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.e2e.harness.Changelog;
import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.Site;
import dev.sluice.e2e.harness.SiteDatabase;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Folders of plain SQL as other tools keep them, on databases that a URL names. */
@ExtendWith(OnCluster.class)
final class FoldersE2E {

  private static final String ITEMS =
      """
      CREATE TABLE "items" ("id" serial PRIMARY KEY, "name" text NOT NULL);
      --> statement-breakpoint
      INSERT INTO "items" ("name") VALUES ('first');
      """;

  private final Site site;

  FoldersE2E(Site site) {
    this.site = site;
  }

  @Test
  void aFolderOfDrizzleIsAppliedAndAFailureStopsAtTheFileThatFailed() {
    var database = site.database();
    var first = drizzle(Map.of("0000_items", ITEMS));
    var manifest =
        site.manifest("drizzle", database).with("spec.changelog.path", "drizzle").unrehearsed();

    var status = site.apply(manifest.image(site.image(first))).awaitReady();

    assertThat(status.applied()).isEqualTo(1);
    assertThat(database.query("select name from items")).containsExactly("first");

    var second =
        drizzle(
            Map.of(
                "0000_items",
                ITEMS,
                "0001_price",
                "ALTER TABLE \"items\" ADD COLUMN \"price\" int NOT NULL;\n"));
    var stalled = site.apply(manifest.image(site.image(second)).revision("2")).awaitStalled();

    var failure = requireNonNull(requireNonNull(stalled.lastRun()).failure());
    assertThat(failure.reason()).isEqualTo("ChangeSetFailed");
    assertThat(failure.changeSet()).contains("0001_price");
    assertThat(failure.sqlState()).isEqualTo("23502");
    assertThat(stalled.appliedRevision()).isEqualTo("1");
  }

  @Test
  void aFolderOfFlywayIsAppliedInItsOrder() {
    var database = site.database();
    var files = new LinkedHashMap<String, String>();
    files.put("sql/V10__items.sql", "insert into items select 10;\n");
    files.put("sql/V2__items.sql", "create table items (id int);\n");
    files.put("sql/R__view.sql", "create or replace view all_items as select * from items;\n");

    var status =
        site.apply(
                site.manifest("flyway", database)
                    .image(site.image(new Changelog(files)))
                    .with("spec.changelog.path", "sql"))
            .awaitReady();

    assertThat(status.applied()).isEqualTo(3);
    assertThat(database.query("select id from all_items")).containsExactly("10");
  }

  @Test
  void valuesReachAFolderOfFlywaysAndThoseOfASecretNobodyElse() {
    var database = site.database();
    site.secret("pins", Map.of("pin", "SuperCanaryPin7"));
    var files = new LinkedHashMap<String, String>();
    files.put("sql/V1__pins.sql", "create table pins (pin text default '${pin}');\n");
    files.put("sql/afterMigrate.sql", "insert into pins values (default);\n");
    files.put("prod/R__tier.sql", "create or replace view tier as select '${tier}' as tier;\n");
    var manifest =
        site.manifest("values", database)
            .image(site.image(new Changelog(files)))
            .with("spec.changelog.path", null)
            .with("spec.changelog.paths", List.of("sql", "prod"))
            .with(
                "spec.changelog.parametersFrom",
                List.of(Map.of("secretRef", Map.of("name", "pins"))))
            .with("spec.changelog.parameters", Map.of("tier", "gold"));

    var applied = site.apply(manifest);
    applied.awaitReady();

    assertThat(database.query("select tier, pin from tier, pins"))
        .containsExactly("gold|SuperCanaryPin7");
    assertThat(applied.log() + site.everythingToSee()).doesNotContain("SuperCanaryPin7");

    var again =
        site.apply(manifest.with("spec.changelog.parameters", Map.of("tier", "free"))).awaitReady();

    assertThat(requireNonNull(again.lastRun()).applied()).containsExactly("R__tier");
    assertThat(database.query("select tier from tier")).containsExactly("free");
  }

  @Test
  void whatAReadyDatabaseHasLostIsFoundByItself() {
    var database = site.database();
    var manifest =
        site.manifest("recheck", database)
            .image(site.image(drizzle(Map.of("0000_items", ITEMS))))
            .with("spec.changelog.path", "drizzle")
            .with("spec.recheck", Map.of("interval", "1m"));
    var applied = site.apply(manifest);
    applied.awaitReady();

    database.query("drop table items; delete from sluice.databasechangelog");

    Awaitility.await()
        .atMost(Duration.ofMinutes(5))
        .until(() -> database.tables().contains("items"));
    assertThat(applied.awaitReady().appliedRevision()).isEqualTo("1");
  }

  @Test
  void aSecretMayHoldOneUrl() {
    var database = site.postgres().database();
    site.secret("url", Map.of("DATABASE_URL", url(database)));
    var manifest =
        site.manifest("url", database)
            .image(site.image(drizzle(Map.of("0000_items", ITEMS))))
            .with("spec.changelog.path", "drizzle")
            .with("spec.database.host", null)
            .with("spec.database.name", null)
            .with("spec.database.credentials", Map.of())
            .with(
                "spec.database.credentials.secret",
                Map.of("name", "url", "urlKey", "DATABASE_URL"));

    site.apply(manifest).awaitReady();

    assertThat(database.tables()).contains("items");
    assertThat(site.everythingToSee()).doesNotContain(database.password());
  }

  private static String url(SiteDatabase database) {
    return "postgres://%s:%s@%s:5432/%s?sslmode=verify-full"
        .formatted(
            database.user(),
            URLEncoder.encode(database.password(), UTF_8),
            database.host(),
            database.name());
  }

  /** As drizzle-kit writes it. */
  private static Changelog drizzle(Map<String, String> migrations) {
    var files = new LinkedHashMap<String, String>();
    var entries = new StringBuilder();
    for (var tag : migrations.keySet().stream().sorted().toList()) {
      var index = Integer.parseInt(tag.substring(0, 4));
      entries.append(
          """
          %s{"idx": %d, "version": "7", "when": %d, "tag": "%s", "breakpoints": true}\
          """
              .formatted(entries.isEmpty() ? "" : ", ", index, 1700000000000L + index, tag));
      files.put("drizzle/" + tag + ".sql", requireNonNull(migrations.get(tag)));
    }
    files.put(
        "drizzle/meta/_journal.json",
        "{\"version\": \"7\", \"dialect\": \"postgresql\", \"entries\": [%s]}".formatted(entries));
    return new Changelog(files);
  }
}
