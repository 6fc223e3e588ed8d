package dev.sluice.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.LastRun;
import dev.sluice.api.RehearsalReport;
import dev.sluice.api.RehearsalReport.Result;
import dev.sluice.e2e.harness.Changelog;
import dev.sluice.e2e.harness.Manifest;
import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.Site;
import dev.sluice.e2e.harness.SiteDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Migrations are tried on a PostgreSQL that is thrown away before the database is touched. */
@ExtendWith(OnCluster.class)
final class RehearsalE2E {
  private static final String USERS =
      """
      --changeset ann:users
      create table users (id int, name text);
      """;
  private static final String UNIQUE =
      """
      --changeset ann:unique
      alter table users add unique (name);
      """;
  private static final String PRICE =
      """
      --changeset ann:rows
      insert into users values (1, 'ann');
      --changeset bob:tier
      alter table users add tier text not null;
      """;

  private final Site site;

  RehearsalE2E(Site site) {
    this.site = site;
  }

  @Test
  void whatIsPendingIsRehearsedUnlessNothingIs() {
    var manifest = site.manifest("shop", site.database()).image(site.image(Changelog.sql(USERS)));

    var first = site.apply(manifest.revision("1.0")).awaitReady();

    var rehearsal = passed(first);
    assertThat(requireNonNull(rehearsal.seconds())).isPositive();
    assertThat(rehearsal.warning()).isNull();

    var second = site.apply(manifest.revision("1.1")).awaitReady();

    assertThat(second.appliedRevision()).isEqualTo("1.1");
    assertThat(lastRun(second).revision()).isEqualTo("1.1");
    assertThat(lastRun(second).rehearsal()).isNull();
    assertThat(warnings("shop")).isEmpty();
  }

  @Test
  void aMigrationThatFailsInItIsRefusedBeforeTheDatabaseIsTouched() {
    var database = site.database();
    log(database);
    var manifest = site.manifest("refused", database);
    site.apply(changelog(manifest.revision("1"), USERS)).awaitReady();
    var before = statements(database);
    // so that the silence below means something
    assertThat(before).anyMatch(s -> s.contains("pg_try_advisory_lock"));
    assertThat(before).anyMatch(s -> s.contains("create table users"));

    var stalled = site.apply(changelog(manifest.revision("2"), USERS + PRICE)).awaitStalled();

    assertThat(stalled.conditions()).extracting(c -> c.reason()).containsOnly("RehearsalFailed");
    assertThat(requireNonNull(lastRun(stalled).failure()))
        .satisfies(failure -> {
          assertThat(failure.reason()).isEqualTo("RehearsalFailed");
          assertThat(failure.changeSet()).isEqualTo("root.sql::tier::bob");
          assertThat(failure.file()).startsWith("root.sql");
          assertThat(failure.sqlState()).isEqualTo("23502");
          assertThat(failure.hint()).contains("the database wasn't touched");
        });
    assertThat(rehearsal(stalled).result()).isEqualTo(Result.Failed);
    assertThat(stalled.appliedRevision()).isEqualTo("1");
    var all = statements(database);
    assertThat(all.subList(before.size(), all.size()))
        .isNotEmpty()
        .allSatisfy(statement ->
            assertThat(statement)
                .matches("(?is)(select|set|show|begin|commit|rollback)\\b.*")
                .doesNotContainIgnoringCase("advisory", "for update"));
    assertThat(warnings("refused")).isEmpty();

    var warned =
        site.apply(
                changelog(manifest.revision("2"), USERS + PRICE)
                    .with("spec.rehearsal.mode", "Warn"))
            .awaitStalled();

    assertThat(requireNonNull(lastRun(warned).failure()))
        .satisfies(failure -> {
          assertThat(failure.reason()).isEqualTo("ChangeSetFailed");
          assertThat(failure.changeSet()).isEqualTo("root.sql::tier::bob");
          assertThat(failure.sqlState()).isEqualTo("23502");
        });
    assertThat(rehearsal(warned).result()).isEqualTo(Result.Failed);
    assertThat(rehearsal(warned).warning()).contains("contains null values");
    assertThat(database.changeSets()).containsExactly("users", "rows");
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() ->
            assertThat(warnings("refused"))
                .singleElement()
                .asString()
                .startsWith("the rehearsal failed, and the run went on: ")
                .contains("contains null values"));
  }

  @Test
  void aPostgresOfTheUsersOwnMayServeIt() {
    var manifest =
        changelog(site.manifest("sidecar", site.database()), USERS + UNIQUE)
            .with("spec.rehearsal.image", site.imageWithoutRunner());

    passed(site.apply(manifest).awaitReady());
  }

  @Test
  void aCloneWithRowsFindsWhatAnEmptyDatabaseCannot() {
    var database = site.database();
    var clone = site.database();
    clone.query("alter role %s createdb".formatted(clone.user()));
    site.apply(changelog(site.manifest("clone", clone), USERS)).awaitReady();
    clone.query("insert into users values (1, 'ann'), (2, 'ann')");
    var url =
        "postgresql://%s:%s@%s:5432/%s?sslmode=require"
            .formatted(clone.user(), clone.password(), clone.host(), clone.name());
    site.secret("clone-url", Map.of("uri", url));
    var manifest = site.manifest("cloned", database);
    site.apply(changelog(manifest, USERS)).awaitReady();

    var stalled =
        site.apply(
                changelog(manifest.revision("2"), USERS + UNIQUE)
                    .with("spec.rehearsal.urlSecret", Map.of("name", "clone-url", "key", "uri")))
            .awaitStalled();

    var failure = requireNonNull(lastRun(stalled).failure());
    assertThat(failure.reason()).isEqualTo("RehearsalFailed");
    assertThat(failure.changeSet()).isEqualTo("root.sql::unique::ann");
    assertThat(failure.sqlState()).isEqualTo("23505");
    assertThat(
            clone.query("select datname from pg_database where datname like 'sluice_rehearsal%'"))
        .isEmpty();
    assertThat(clone.changeSets()).containsExactly("users");
    assertThat(database.changeSets()).containsExactly("users");
    assertThat(site.everythingToSee()).doesNotContain(clone.password());
  }

  @Test
  void aPlanSaysHowItsRehearsalWent() {
    var database = site.database();
    var manifest =
        changelog(site.manifest("planned", database), USERS).with("spec.approval", "Manual");

    passed(site.apply(manifest).awaitReason("WaitingForApproval"));

    assertThat(database.tables()).isEmpty();
  }

  /** As OpenShift has it: no passwd entry, nothing of the image belongs to it. */
  @Test
  void anyUserMayRehearse() {
    var pod =
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: anybody}
        spec:
          restartPolicy: Never
          automountServiceAccountToken: false
          securityContext: {runAsNonRoot: true, runAsUser: 1000660000, runAsGroup: 0, seccompProfile: {type: RuntimeDefault}}
          containers:
            - name: rehearse
              image: %s
              command: [/opt/sluice/jre/bin/java, "@/opt/sluice/sluice", rehearse, --root, /migrations, --changelog, root.sql]
              securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
              volumeMounts: [{name: tmp, mountPath: /tmp}]
          volumes: [{name: tmp, emptyDir: {}}]
        """
            .formatted(site.image(Changelog.sql(USERS + UNIQUE)));
    site.client().resource(pod).inNamespace(site.namespace()).create();
    var running = site.client().pods().inNamespace(site.namespace()).withName("anybody");

    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> List.of("Succeeded", "Failed").contains(running.get().getStatus().getPhase()));

    assertThat(running.get().getStatus().getPhase()).as(running.getLog()).isEqualTo("Succeeded");
  }

  /** From a ConfigMap. */
  private Manifest changelog(Manifest manifest, String changesets) {
    var name = manifest.name() + "-" + Integer.toHexString(changesets.hashCode());
    if (site.client().configMaps().inNamespace(site.namespace()).withName(name).get() == null) {
      site.configMap(name, Changelog.sql(changesets).files());
    }
    return manifest.with("spec.changelog.configMap.name", name);
  }

  /** The server writes each statement of this database's owner into its log. */
  private static void log(SiteDatabase database) {
    database.query("alter system set log_line_prefix = '%d '");
    database.query("select pg_reload_conf()");
    database.query("alter role %s set log_statement = 'all'".formatted(database.user()));
  }

  /** What the owner of this database has had done so far. */
  private List<String> statements(SiteDatabase database) {
    return site.postgres()
        .log()
        .replace("\n\t", " ") // further lines of the same statement
        .lines()
        .filter(line -> line.startsWith(database.name() + " LOG:"))
        .filter(line -> line.matches(".* LOG:\\s+(statement|execute [^:]*): .*"))
        .map(line -> line.replaceFirst(".*? LOG:\\s+(statement|execute [^:]*): ", "").strip())
        .toList();
  }

  private List<String> warnings(String name) {
    return site.client().v1().events().inNamespace(site.namespace()).list().getItems().stream()
        .filter(e -> name.equals(e.getInvolvedObject().getName()))
        .filter(e -> "RehearsalWarning".equals(e.getReason()) && "Warning".equals(e.getType()))
        .map(e -> e.getMessage())
        .toList();
  }

  /** On the major version of the cluster's PostgreSQL. */
  private static RehearsalReport passed(DatabaseMigrationStatus status) {
    var rehearsal = rehearsal(status);
    assertThat(rehearsal.result()).as(String.valueOf(rehearsal)).isEqualTo(Result.Passed);
    assertThat(rehearsal.postgres()).startsWith("15.");
    return rehearsal;
  }

  private static RehearsalReport rehearsal(DatabaseMigrationStatus status) {
    return requireNonNull(lastRun(status).rehearsal());
  }

  private static LastRun lastRun(DatabaseMigrationStatus status) {
    return requireNonNull(status.lastRun());
  }
}
