package dev.sluice.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Condition;
import dev.sluice.e2e.harness.Certificate;
import dev.sluice.e2e.harness.Changelog;
import dev.sluice.e2e.harness.Manifest;
import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.Postgres;
import dev.sluice.e2e.harness.Site;
import dev.sluice.e2e.harness.SiteDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server that asks for a client's certificate, besides its password. */
@ExtendWith(OnCluster.class)
@TestInstance(Lifecycle.PER_CLASS)
final class ClientCertificateE2E {
  private static final String USERS = "create table users (id bigint primary key);\n";
  private static final String REPORTS = "create or replace view report as select 7 as users;\n";

  private final Site site;
  private final Postgres server;

  ClientCertificateE2E(Site site) {
    var client = Certificate.of("shop");
    this.site = site;
    this.server = Postgres.forClients(site, "guarded", client);
    site.secret("shop-client", client.secret());
    site.configMap("guarded-ca", Map.of("ca.pem", server.authority().orElseThrow()));
    server.awaitReady();
  }

  @Test
  void ourRunnerShowsIt() {
    var database = database();
    var changelog = Changelog.sql("--changeset ann:users\n" + USERS);
    var manifest =
        of(site.manifest("ours", database), database).image(site.image(changelog)).revision("1");

    var refused =
        requireNonNull(
            site.apply(
                    manifest
                        .with("metadata.name", "without")
                        .with("spec.database.tls.clientSecret", null))
                .awaitStalled()
                .lastRun());
    assertThat(requireNonNull(refused.failure()).reason()).isEqualTo("AuthenticationFailed");
    assertThat(refused.failure().message()).contains("valid client certificate");
    assertThat(database.tables()).isEmpty();

    site.apply(manifest).awaitReady();
    assertThat(database.tables()).contains("users");
  }

  /** libpq takes no key that anybody but its owner may read. */
  @Test
  void psqlShowsIt() {
    var database = database();
    var manifest =
        of(site.documented("docs/other-tools.md", "psql", database), database)
            .image(site.image("postgres", "/migrations", Changelog.file("reports.sql", REPORTS)))
            .revision("1");

    var status = site.apply(manifest).awaitReady();

    assertThat(status.conditions()).extracting(Condition::reason).containsOnly("AppliedUnverified");
    assertThat(database.query("select users from report")).containsExactly("7");
  }

  @Test
  void flywayShowsIt() {
    var database = database();
    var url =
        "jdbc:postgresql://$(PGHOST):$(PGPORT)/$(PGDATABASE)?sslmode=$(PGSSLMODE)"
            + "&sslrootcert=$(PGSSLROOTCERT)&sslcert=$(PGSSLCERT)&sslkey=$(PGSSLKEY)"
            + "&pemKeyAlgorithm=EC";
    var manifest =
        of(site.documented("docs/other-tools.md", "Flyway", database), database)
            .image(site.image("flyway", "/migrations", Changelog.file("V1__users.sql", USERS)))
            .revision("1")
            .with(
                "spec.pod.env",
                List.of(
                    Map.of("name", "FLYWAY_URL", "value", url),
                    Map.of("name", "FLYWAY_USER", "value", "$(PGUSER)"),
                    Map.of("name", "FLYWAY_PASSWORD", "value", "$(PGPASSWORD)")));

    site.apply(manifest).awaitReady();

    assertThat(database.tables()).contains("users", "flyway_schema_history");
  }

  private SiteDatabase database() {
    var database = server.database();
    site.secret(database);
    return database;
  }

  private static Manifest of(Manifest manifest, SiteDatabase database) {
    return manifest
        .with("spec.database.tls.ca.configMap.name", "guarded-ca")
        .with("spec.database.tls.clientSecret.name", "shop-client")
        .with("spec.database.credentials.secret.name", database.user());
  }
}
