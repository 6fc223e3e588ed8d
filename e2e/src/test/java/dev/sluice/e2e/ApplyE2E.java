package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.Outcome;
import dev.sluice.e2e.harness.Changelog;
import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.Site;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is asked for gets applied, once. */
@ExtendWith(OnCluster.class)
final class ApplyE2E {

  private static final String USERS =
      """
      --changeset ann:users
      create table users (id bigint primary key);
      """;
  private static final String ORDERS =
      """
      --changeset ann:orders
      create table orders (id bigint primary key, user_id bigint references users);
      """;
  private static final Changelog SHOP = Changelog.sql(USERS + ORDERS);

  private final Site site;

  ApplyE2E(Site site) {
    this.site = site;
  }

  @Test
  void aChangelogInAnImageIsAppliedWithTheCredentialsOfASecret() {
    var database = site.database();

    var shop =
        site.apply(site.manifest("shop", database).image(site.image(SHOP)).revision("1.42.0"));

    var status = shop.awaitReady();
    assertThat(database.tables()).contains("users", "orders");
    assertThat(database.changeSets()).containsExactly("users", "orders");
    assertThat(status.revision()).isEqualTo("1.42.0");
    assertThat(status.appliedRevision()).isEqualTo("1.42.0");
    assertThat(status.pending()).isZero();
    assertThat(status.applied()).isEqualTo(2);
    assertThat(status.appliedRevisions())
        .singleElement()
        .satisfies(r -> assertThat(r.revision()).isEqualTo("1.42.0"));
    assertThat(status.lastRun())
        .satisfies(run -> {
          assertThat(run.outcome()).isEqualTo(Outcome.Succeeded);
          assertThat(run.applied())
              .containsExactly("root.sql::users::ann", "root.sql::orders::ann");
          assertThat(run.failure()).isNull();
          assertThat(run.job()).isEqualTo(status.job());
          assertThat(run.finishedAt()).isAfterOrEqualTo(run.startedAt());
        });
  }

  @Test
  void thePasswordIsSeenNowhere() {
    var database = site.database();
    var encoded =
        Base64.getEncoder().encodeToString(database.password().getBytes(StandardCharsets.UTF_8));

    site.apply(site.manifest("hidden", database).image(site.image(SHOP))).awaitReady();

    assertThat(site.everythingToSee())
        .contains("root.sql::users::ann", database.name())
        .doesNotContain(database.password(), encoded);
  }

  @Test
  void anotherRevisionAppliesOnlyWhatIsNew() {
    var database = site.database();
    var first = site.manifest("grown", database).image(site.image(Changelog.sql(USERS)));
    site.apply(first).awaitReady();

    var second = first.image(site.image(SHOP)).revision("2");
    var status = site.apply(second).awaitReady();

    assertThat(status.appliedRevision()).isEqualTo("2");
    assertThat(status.appliedRevisions()).extracting(r -> r.revision()).containsExactly("2", "1");
    assertThat(status.lastRun())
        .satisfies(run -> assertThat(run.applied()).containsExactly("root.sql::orders::ann"));
    assertThat(database.changeSets()).containsExactly("users", "orders");
  }

  @Test
  void theSameManifestAgainIsNoWorkAtAll() {
    var database = site.database();
    var manifest = site.manifest("same", database).image(site.image(SHOP));
    var same = site.apply(manifest);
    same.awaitReady();
    // the finalizer of the run goes after the verdict
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> same.get().getMetadata().getFinalizers().isEmpty());
    var version = same.get().getMetadata().getResourceVersion();

    site.apply(manifest);

    await()
        .during(Duration.ofSeconds(8))
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> {
          assertThat(same.get().getMetadata().getResourceVersion()).isEqualTo(version);
          assertThat(same.jobs()).hasSizeLessThanOrEqualTo(1);
        });
    assertThat(same.get().getStatus().run()).isEqualTo(1);
  }

  @Test
  void twoDatabasesAreMigratedSideBySide() {
    var image = site.image(SHOP);
    var here = site.database();
    var there = site.database();

    var one = site.apply(site.manifest("one", here).image(image));
    var two = site.apply(site.manifest("two", there).image(image));

    one.awaitReady();
    two.awaitReady();
    assertThat(here.changeSets()).containsExactly("users", "orders");
    assertThat(there.changeSets()).containsExactly("users", "orders");
  }

  @Test
  void aChangelogInAConfigMapNeedsNoImage() {
    var database = site.database();
    site.configMap("small-changelog", SHOP.files());

    site.apply(
            site.manifest("small", database)
                .with("spec.changelog.configMap.name", "small-changelog"))
        .awaitReady();

    assertThat(database.tables()).contains("users", "orders");
  }

  @Test
  void whatIsSuspendedWaitsForAPerson() {
    var database = site.database();
    site.configMap("held-changelog", SHOP.files());
    var manifest =
        site.manifest("held", database).with("spec.changelog.configMap.name", "held-changelog");

    var held = site.apply(manifest.with("spec.suspend", true));
    held.awaitReason("Suspended");
    assertThat(held.jobs()).isEmpty();

    site.apply(manifest.with("spec.suspend", false)).awaitReady();
    assertThat(database.tables()).contains("users", "orders");
  }
}
