package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.LastRun.Failure;
import dev.sluice.e2e.harness.AppliedMigration;
import dev.sluice.e2e.harness.Certificate;
import dev.sluice.e2e.harness.Changelog;
import dev.sluice.e2e.harness.Manifest;
import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.Site;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What only a person can mend is Stalled, and says why; one of it takes two minutes. */
@Order(1)
@ExtendWith(OnCluster.class)
final class FailureE2E {

  private static final Changelog SHOP =
      Changelog.sql(
          """
          --changeset ann:users
          create table users (id bigint primary key);
          """);

  private final Site site;

  FailureE2E(Site site) {
    this.site = site;
  }

  @Test
  void aChangesetThatFailsIsNamedWithItsSqlStateAndEarlierOnesStay() {
    var database = site.database();
    var application = site.deploy("untouched");
    var image =
        site.image(
            Changelog.sql(
                """
                --changeset ann:first
                create table taken (id int);
                --changeset bob:second
                create table taken (id int);
                --changeset ann:third
                create table never (id int);
                """));

    var failing = site.apply(site.manifest("failing", database).image(image).unrehearsed());

    assertThat(failure(failing))
        .satisfies(failure -> {
          assertThat(failure.reason()).isEqualTo("ChangeSetFailed");
          assertThat(failure.changeSet()).isEqualTo("root.sql::second::bob");
          assertThat(failure.sqlState()).isEqualTo("42P07");
          assertThat(failure.message()).contains("relation \"taken\" already exists");
        });
    assertThat(database.changeSets()).containsExactly("first");
    assertThat(database.tables()).contains("taken").doesNotContain("never");
    await()
        .during(Duration.ofSeconds(5))
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(failing.jobs()).hasSize(1));
    assertThat(site.application("untouched").getSpec()).isEqualTo(application.getSpec());
    assertThat(site.application("untouched").getMetadata().getGeneration()).isEqualTo(1);
  }

  @Test
  void aChangelogThatIsNotThereIsNamedWithWhatIs() {
    var failure =
        failure(site.apply(good("missing").with("spec.changelog.path", "db/nowhere.sql")));

    assertThat(failure.reason()).isEqualTo("ChangelogMissing");
    assertThat(failure.message()).contains("db/nowhere.sql", "root.sql");
  }

  @Test
  void aChangelogThatCannotBeParsedIsNamedWithItsLine() {
    var broken =
        Changelog.file(
            "root.yaml",
            """
            databaseChangeLog:
              - changeSet:
                  id: users
                  author: ann
                  changes: [
            """);

    var failure =
        failure(
            site.apply(
                site.manifest("broken", site.database())
                    .image(site.image(broken))
                    .with("spec.changelog.path", "root.yaml")));

    assertThat(failure.reason()).isEqualTo("ChangelogInvalid");
    assertThat(failure.file() + " " + failure.message()).containsPattern("root\\.yaml:[5-6]");
  }

  @Test
  void aWrongPasswordIsFinalAfterTwoMinutes() {
    var database = site.postgres().database();
    site.secret(database.user(), Map.of("username", database.user(), "password", "stale"));

    var failure = failure(site.apply(good("locked", site.manifest("locked", database))));

    assertThat(failure.reason()).isEqualTo("AuthenticationFailed");
    assertThat(failure.message()).contains(database.user()).doesNotContain("stale");
    assertThat(database.tables()).isEmpty();
  }

  @Test
  void aSecretThatLacksAKeyIsToldWhichAndWhatItHas() {
    var database = site.postgres().database();
    site.secret(database.user(), Map.of("username", database.user(), "pass", "word"));

    var failure = failure(site.apply(good("keyless", site.manifest("keyless", database))));

    assertThat(failure.reason()).isEqualTo("SecretKeyMissing");
    assertThat(failure.message()).contains("password", "username", "pass");
  }

  @Test
  void anImageWithoutTheRunnerIsNotAMigrationsImage() {
    var foreign =
        site.apply(site.manifest("foreign", site.database()).image(site.imageWithoutRunner()));

    var status = foreign.awaitStalled();

    assertThat(status.conditions()).extracting(c -> c.reason()).containsOnly("NotAMigrationsImage");
  }

  @Test
  void anUnknownAuthorityIsATlsFailure() {
    site.configMap("stranger", Map.of("ca.pem", Certificate.of("stranger.example").certificate()));

    var failure =
        failure(
            site.apply(good("untrusted").with("spec.database.tls.ca.configMap.name", "stranger")));

    assertThat(failure.reason()).isEqualTo("TlsFailed");
  }

  @Test
  void aServerWithoutTlsIsATlsFailureUnlessThatIsAskedFor() {
    var database = site.postgresWithoutTls().database();
    site.secret(database);
    var manifest = good("plain", site.manifest("plain", database));

    var plain = site.apply(manifest);
    assertThat(failure(plain).reason()).isEqualTo("TlsFailed");

    site.apply(manifest.with("spec.database.tls", Map.of("mode", "disable"))).awaitReady();
    assertThat(database.tables()).contains("users");
  }

  /** Everything is right with it. */
  private Manifest good(String name) {
    return good(name, site.manifest(name, site.database()));
  }

  private Manifest good(String name, Manifest manifest) {
    site.configMap(name + "-changelog", SHOP.files());
    return manifest.with("spec.changelog.configMap.name", name + "-changelog");
  }

  private static Failure failure(AppliedMigration migration) {
    var run = Objects.requireNonNull(migration.awaitStalled().lastRun());
    return Objects.requireNonNull(run.failure());
  }
}
