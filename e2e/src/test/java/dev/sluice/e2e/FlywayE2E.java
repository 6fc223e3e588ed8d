package dev.sluice.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Condition;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.Outcome;
import dev.sluice.e2e.harness.Changelog;
import dev.sluice.e2e.harness.Manifest;
import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.Site;
import dev.sluice.e2e.harness.SiteDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The real Flyway in an image of its own, as docs/other-tools.md shows it. */
@ExtendWith(OnCluster.class)
final class FlywayE2E {
  private static final Changelog USERS =
      Changelog.file("V1__users.sql", "create table users (id bigint primary key);\n");

  private final Site site;

  FlywayE2E(Site site) {
    this.site = site;
  }

  @Test
  void whatThePageShowsMigratesTheDatabase() {
    var database = site.database();

    var status = site.apply(flyway(database, USERS)).awaitReady();

    assertThat(reasons(status)).containsOnly("AppliedUnverified");
    assertThat(status.appliedRevision()).isEqualTo("1.42.0");
    assertThat(database.tables()).contains("users", "flyway_schema_history");
    assertThat(requireNonNull(status.lastRun()).image()).contains("sha256:");
    assertThat(site.everythingToSee())
        .contains(database.host())
        .doesNotContain(database.password());
  }

  @Test
  void aMigrationThatFailsLeavesTheApplicationAsItIs() {
    var database = site.database();
    var application = site.deploy("untouched");
    var broken = USERS.and("V2__broken.sql", "create table kept (id int);\nselect 1/0;\n");

    var status =
        site.apply(
                flyway(database, broken)
                    .with("metadata.name", "broken")
                    .with("spec.run.attempts", 2)
                    .with("spec.run.backoff", Map.of("initial", "1s", "max", "1s")))
            .awaitStalled();

    assertThat(reasons(status)).containsOnly("AttemptsExhausted");
    assertThat(requireNonNull(status.lastRun()).outcome()).isEqualTo(Outcome.Failed);
    assertThat(requireNonNull(status.lastRun().failure()).message()).contains("exit code 1,");
    assertThat(status.appliedRevision()).isNull();
    assertThat(database.tables()).contains("users").doesNotContain("kept");
    assertThat(site.application("untouched").getSpec()).isEqualTo(application.getSpec());
    assertThat(site.migration("broken").log()).contains("V2__broken.sql", "division by zero");
  }

  /** Its exit code is lost, as a script around it loses one. */
  @Test
  void aMigrationOfWhichAHalfIsAppliedIsNamed() {
    var database = site.database();
    var half =
        USERS
            .and("V2__half.sql", "create table kept (id int);\nselect 1/0;\n")
            .and("V2__half.sql.conf", "executeInTransaction=false\n");

    var status =
        site.apply(
                flyway(database, half)
                    .with("metadata.name", "half")
                    .with("spec.command", List.of("/bin/sh", "-c", "flyway \"$@\" || true", "sh"))
                    .with("spec.verify.changelog", "/migrations"))
            .awaitStalled();

    assertThat(database.tables()).contains("users", "kept");
    var failure = requireNonNull(requireNonNull(status.lastRun()).failure());
    assertThat(failure.reason()).isEqualTo("LedgerDiffers");
    assertThat(failure.message()).contains("V2__half.sql").doesNotContain("V1__users.sql");
    assertThat(status.appliedRevision()).isNull();
  }

  @Test
  void aFolderThatTheImageLacksIsNamed() {
    var status =
        site.apply(
                flyway(site.database(), USERS)
                    .with("metadata.name", "nowhere")
                    .with("spec.verify.changelog", "/nowhere"))
            .awaitStalled();

    var failure = requireNonNull(requireNonNull(status.lastRun()).failure());
    assertThat(failure.message()).startsWith("spec.verify.changelog can't be copied");
  }

  @Test
  void aCommandThatTheImageLacksIsNamed() {
    var status =
        site.apply(
                flyway(site.database(), USERS)
                    .with("metadata.name", "lost")
                    .with("spec.command", List.of("/nowhere/flyway")))
            .awaitStalled();

    assertThat(reasons(status)).containsOnly("CommandNotFound");
    var failure = requireNonNull(requireNonNull(status.lastRun()).failure());
    assertThat(failure.message()).contains("/nowhere/flyway");
  }

  private Manifest flyway(SiteDatabase database, Changelog migrations) {
    return site.documented("docs/other-tools.md", "Flyway", database)
        .image(site.image("flyway", "/migrations", migrations))
        .revision("1.42.0");
  }

  private static List<String> reasons(DatabaseMigrationStatus status) {
    return status.conditions().stream().map(Condition::reason).toList();
  }
}
