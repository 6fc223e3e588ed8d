package dev.sluice.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Condition;
import dev.sluice.e2e.harness.Changelog;
import dev.sluice.e2e.harness.Manifest;
import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.SecretsManager;
import dev.sluice.e2e.harness.Site;
import dev.sluice.e2e.harness.SiteDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The real Flyway with a login that Kubernetes can't give it. */
@ExtendWith(OnCluster.class)
final class ToolLoginE2E {
  private static final Changelog USERS =
      Changelog.file("V1__users.sql", "create table users (id bigint primary key);\n");

  private final Site site;

  ToolLoginE2E(Site site) {
    this.site = site;
  }

  @Test
  void anAwsSecretTellsTheToolAllOfTheDatabase() {
    var database = site.postgres().database();
    var secrets = SecretsManager.start(site, Map.of("whole", SecretsManager.secretOf(database)));

    var shop =
        site.apply(
            flyway("aws", database)
                .awsSecret("whole")
                .with("spec.database.host", null)
                .with("spec.database.name", null)
                .variables(secrets.variables()));
    var status = shop.awaitReady();

    assertThat(status.conditions()).extracting(Condition::reason).containsOnly("AppliedUnverified");
    assertThat(database.tables()).contains("users");

    var unknown =
        site.apply(flyway("unknown", database).awsSecret("unknown").variables(secrets.variables()));
    var refused = requireNonNull(unknown.awaitStalled().lastRun()).failure();
    assertThat(requireNonNull(refused).reason()).isEqualTo("SecretUnreadable");

    assertThat(site.everythingToSee())
        .contains(database.host())
        .doesNotContain(database.password());
  }

  @Test
  void aUrlTellsTheToolAllOfTheDatabase() {
    var database = site.postgres().database();
    var url =
        "postgres://%s:%s@%s/%s"
            .formatted(database.user(), database.password(), database.host(), database.name());
    site.secret("shop-url", Map.of("url", url));

    var status =
        site.apply(
                flyway("url", database)
                    .with("spec.database.host", null)
                    .with("spec.database.name", null)
                    .with(
                        "spec.database.credentials.secret",
                        Map.of("name", "shop-url", "urlKey", "url")))
            .awaitReady();

    assertThat(status.appliedRevision()).isEqualTo("1.42.0");
    assertThat(database.tables()).contains("users");
    assertThat(site.everythingToSee()).doesNotContain(database.password());
  }

  private Manifest flyway(String name, SiteDatabase database) {
    return site.documented("docs/other-tools.md", "Flyway", database)
        .with("metadata.name", name)
        .image(site.image("flyway", "/migrations", USERS))
        .revision("1.42.0");
  }
}
