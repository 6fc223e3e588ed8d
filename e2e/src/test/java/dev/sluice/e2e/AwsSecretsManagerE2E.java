package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.e2e.harness.Changelog;
import dev.sluice.e2e.harness.Manifest;
import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.SecretsManager;
import dev.sluice.e2e.harness.Site;
import dev.sluice.e2e.harness.SiteDatabase;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Credentials that only AWS Secrets Manager has. */
@ExtendWith(OnCluster.class)
final class AwsSecretsManagerE2E {

  private static final Changelog SHOP =
      Changelog.sql(
          """
          --changeset ann:users
          create table users (id bigint primary key);
          """);

  private final Site site;

  AwsSecretsManagerE2E(Site site) {
    this.site = site;
  }

  @Test
  void theSecretMayTellWhereTheDatabaseIs() {
    var database = site.postgres().database();
    SecretsManager.start(
        site,
        Map.of(
            "whole",
            SecretsManager.secretOf(database),
            "bare",
            "{\"password\": \"" + database.password() + "\"}"));
    var manifest = manifest("shop", database);

    var shop =
        site.apply(
            manifest
                .awsSecret("whole")
                .with("spec.database.host", null)
                .with("spec.database.name", null));
    shop.awaitReady();
    assertThat(database.tables()).contains("users");

    var bare = site.apply(manifest("bare", database).awsSecret("bare"));
    var incomplete = Objects.requireNonNull(bare.awaitStalled().lastRun()).failure();
    assertThat(Objects.requireNonNull(incomplete))
        .satisfies(failure -> {
          assertThat(failure.reason()).isEqualTo("SecretInvalid");
          assertThat(failure.message()).contains("username");
        });

    var unknown = site.apply(manifest("unknown", database).awsSecret("unknown"));
    var refused = Objects.requireNonNull(unknown.awaitStalled().lastRun()).failure();
    assertThat(Objects.requireNonNull(refused).reason()).isEqualTo("SecretUnreadable");

    assertThat(site.everythingToSee())
        .contains(database.host())
        .doesNotContain(database.password());
  }

  private Manifest manifest(String name, SiteDatabase database) {
    site.configMap(name + "-changelog", SHOP.files());
    return site.manifest(name, database)
        .with("spec.changelog.configMap.name", name + "-changelog")
        .with("spec.pod.env", new SecretsManager(site).variables());
  }
}
