package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.e2e.harness.Changelog;
import dev.sluice.e2e.harness.Manifest;
import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.ReleaseThatWaits;
import dev.sluice.e2e.harness.Site;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An application, released by Helm, whose pods wait for their revision in an init container. */
@ExtendWith(OnCluster.class)
final class WaitE2E {

  private static final Changelog ONE =
      Changelog.sql("--changeset ann:users\ncreate table users (id int);\n");
  private static final Changelog BROKEN =
      Changelog.sql(
          """
          --changeset ann:users
          create table users (id int);
          --changeset ann:oops
          create table users (id int);
          """);

  private final Site site;

  WaitE2E(Site site) {
    this.site = site;
  }

  @Test
  void aRolloutWaitsForItsRevisionAndAFailureLeavesTheOldPodsAlone() {
    var manifest = site.manifest("shop", site.database());
    var release = new ReleaseThatWaits(site);
    release.install("shop@1");
    awaitWord("shop-1", "there is no DatabaseMigration shop in namespace " + site.namespace());
    assertThat(pods("shop-1")).noneMatch(WaitE2E::isRunning);
    assertItMayDoNothingElse();

    site.apply(of(manifest, ONE, "1")).awaitReady();
    awaitRunning("shop-1");
    assertThat(word(pods("shop-1").getFirst())).contains("shop@1 is applied");

    var next = site.apply(of(manifest, BROKEN, "2"));
    release.install("shop@2");
    next.awaitStalled();
    awaitWord("shop-2", "it has stalled and must be mended: RehearsalFailed");
    assertThat(pods("shop-2")).noneMatch(WaitE2E::isRunning);
    var old = pods("shop-1").getFirst();
    assertThat(isRunning(old)).isTrue();

    // as a drained node does
    site.client().resource(old).delete();
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() ->
            pods("shop-1").stream()
                .anyMatch(p ->
                    !p.getMetadata().getUid().equals(old.getMetadata().getUid()) && isRunning(p)));

    site.apply(of(manifest, ONE, "1")).awaitReady();
    release.install("shop@1");
    await().atMost(Duration.ofMinutes(2)).until(() -> pods("shop-2").isEmpty());
    awaitRunning("shop-1");
  }

  private Manifest of(Manifest manifest, Changelog changelog, String revision) {
    return manifest.image(site.image(changelog)).revision(revision);
  }

  private void assertItMayDoNothingElse() {
    assertThat(may("get", "sluice.dev", "databasemigrations", "shop")).isTrue();
    assertThat(may("watch", "sluice.dev", "databasemigrations", "shop")).isTrue();
    assertThat(may("get", "sluice.dev", "databasemigrations", "billing")).isFalse();
    assertThat(may("list", "sluice.dev", "databasemigrations", "shop")).isFalse();
    assertThat(may("patch", "sluice.dev", "databasemigrations", "shop")).isFalse();
    assertThat(may("get", "", "secrets", "shop")).isFalse();
    assertThat(may("get", "", "pods", "shop")).isFalse();
  }

  private boolean may(String verb, String group, String resource, String name) {
    var review =
        new SubjectAccessReviewBuilder()
            .withNewSpec()
            .withUser("system:serviceaccount:%s:shop".formatted(site.namespace()))
            .withNewResourceAttributes()
            .withVerb(verb)
            .withGroup(group)
            .withResource(resource)
            .withName(name)
            .withNamespace(site.namespace())
            .endResourceAttributes()
            .endSpec()
            .build();
    var answer = site.client().authorization().v1().subjectAccessReview().create(review);
    return answer.getStatus().getAllowed();
  }

  private void awaitWord(String requires, String words) {
    await("\"" + words + "\" in the log of " + requires)
        .atMost(Duration.ofMinutes(2))
        .until(() -> pods(requires).stream().anyMatch(pod -> word(pod).contains(words)));
  }

  /** As {@code kubectl logs -c sluice-wait}; empty before it has started. */
  private String word(Pod pod) {
    try {
      return site.client()
          .pods()
          .inNamespace(site.namespace())
          .withName(pod.getMetadata().getName())
          .inContainer("sluice-wait")
          .getLog();
    } catch (KubernetesClientException _) {
      return "";
    }
  }

  private List<Pod> pods(String requires) {
    return site.client()
        .pods()
        .inNamespace(site.namespace())
        .withLabel("app", "shop")
        .withLabel("requires", requires)
        .list()
        .getItems();
  }

  private void awaitRunning(String requires) {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> pods(requires).stream().anyMatch(WaitE2E::isRunning));
  }

  private static boolean isRunning(Pod pod) {
    return "Running".equals(pod.getStatus().getPhase()) && !pod.isMarkedForDeletion();
  }
}
