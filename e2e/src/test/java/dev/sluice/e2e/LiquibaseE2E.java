package dev.sluice.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Condition;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.LastRun.Failure;
import dev.sluice.e2e.harness.Changelog;
import dev.sluice.e2e.harness.Manifest;
import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.Site;
import dev.sluice.e2e.harness.SiteDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The real Liquibase in an image of its own, as docs/other-tools.md shows it. */
@ExtendWith(OnCluster.class)
final class LiquibaseE2E {
  private static final Changelog USERS =
      Changelog.file(
              "root.yaml",
              """
              databaseChangeLog:
                - includeAll: {path: sql}
              """)
          .and("sql/1.sql", sql("users", "create table users (id bigint primary key);"));

  private final Site site;

  LiquibaseE2E(Site site) {
    this.site = site;
  }

  @Test
  void whatThePageShowsMigratesTheDatabase() {
    var database = site.database();
    var manifest = liquibase(database, USERS);
    assertThat(reasons(site.apply(manifest).awaitReady())).containsOnly("Applied");

    var more = USERS.and("sql/2.sql", sql("orders", "create table orders (id int);"));
    var status = site.apply(manifest.image(image(more)).revision("1.43.0")).awaitReady();

    assertThat(reasons(status)).containsOnly("Applied");
    assertThat(status.appliedRevision()).isEqualTo("1.43.0");
    assertThat(database.changeSets()).containsExactly("users", "orders");
    assertThat(database.tables()).contains("users", "orders");
    assertThat(site.everythingToSee())
        .contains(database.host())
        .doesNotContain(database.password());
  }

  @Test
  void whatLiquibaseLeavesOutIsNamed() {
    var database = site.database();
    var folder = USERS.and("sql/2.sql", sql("orders", "create table orders (id int);"));

    var status =
        site.apply(
                liquibase(database, folder)
                    .with("metadata.name", "half")
                    .with(
                        "spec.args",
                        List.of(
                            "--search-path=/liquibase/changelog",
                            "--changelog-file=root.yaml",
                            "update-count",
                            "--count=1")))
            .awaitStalled();

    assertThat(database.changeSets()).containsExactly("users");
    assertThat(failure(status).reason()).isEqualTo("LedgerDiffers");
    assertThat(failure(status).message())
        .contains("sql/2.sql::orders::ann")
        .doesNotContain("::users::");
    assertThat(status.appliedRevision()).isNull();
  }

  /** As a run leaves it that is killed. */
  @Test
  void itsLockRowHoldsItUpUntilItIsReleased() {
    var database = site.database();
    site.apply(liquibase(database, USERS).with("metadata.name", "locked")).awaitReady();
    database.query(
        "update databasechangeloglock set locked = true, lockgranted = now(), lockedby = 'a pod"
            + " that died'");
    var more = USERS.and("sql/2.sql", sql("orders", "create table orders (id int);"));

    var locked =
        site.apply(
            liquibase(database, more)
                .with("metadata.name", "locked")
                .with("spec.run.attempts", 1)
                .revision("1.43.0")
                .variables(
                    List.of(
                        Map.of(
                            "name",
                            "LIQUIBASE_CHANGELOG_LOCK_WAIT_TIME_IN_MINUTES",
                            "value",
                            "0"))));

    assertThat(reasons(locked.awaitStalled())).containsOnly("AttemptsExhausted");
    locked.awaitLog("Could not acquire change log lock.  Currently locked by a pod that died");
    assertThat(database.tables()).doesNotContain("orders");
  }

  private Manifest liquibase(SiteDatabase database, Changelog changelog) {
    return site.documented("docs/other-tools.md", "Liquibase", database)
        .image(image(changelog))
        .revision("1.42.0");
  }

  private String image(Changelog changelog) {
    return site.image("liquibase", "/liquibase/changelog", changelog);
  }

  private static String sql(String id, String statement) {
    return "--liquibase formatted sql\n--changeset ann:%s\n%s\n".formatted(id, statement);
  }

  private static Failure failure(DatabaseMigrationStatus status) {
    return requireNonNull(requireNonNull(status.lastRun()).failure());
  }

  private static List<String> reasons(DatabaseMigrationStatus status) {
    return status.conditions().stream().map(Condition::reason).toList();
  }
}
