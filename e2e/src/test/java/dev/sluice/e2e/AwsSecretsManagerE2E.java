package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.e2e.fake.FakeSecretsManager;
import dev.sluice.e2e.harness.Changelog;
import dev.sluice.e2e.harness.Database;
import dev.sluice.e2e.harness.Manifest;
import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.Site;
import java.util.List;
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
    startSecretsManager(
        Map.of(
            "whole", secret(database), "bare", "{\"password\": \"" + database.password() + "\"}"));
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

  private Manifest manifest(String name, Database database) {
    site.configMap(name + "-changelog", SHOP.files());
    return site.manifest(name, database)
        .with("spec.changelog.configMap.name", name + "-changelog")
        .with(
            "spec.pod.env",
            List.of(
                Map.of(
                    "name",
                    "AWS_ENDPOINT_URL_SECRETS_MANAGER",
                    "value",
                    "http://secrets-manager." + site.namespace() + ".svc:8080"),
                Map.of("name", "AWS_ACCESS_KEY_ID", "value", "anybody"),
                Map.of("name", "AWS_SECRET_ACCESS_KEY", "value", "anything")));
  }

  private static String secret(Database database) {
    return """
    {"engine": "postgres", "host": "%s", "port": 5432, "dbname": "%s", "username": "%s", "password": "%s"}\
    """
        .formatted(database.host(), database.name(), database.user(), database.password());
  }

  private void startSecretsManager(Map<String, String> secrets) {
    site.secret("secrets-manager", secrets);
    site.create("secrets-manager.yaml", Map.of("image", site.program(FakeSecretsManager.class)));
    site.awaitPod("secrets-manager");
  }
}
