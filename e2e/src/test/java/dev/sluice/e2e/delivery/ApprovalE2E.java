package dev.sluice.e2e.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.Page;
import dev.sluice.e2e.harness.Site;
import dev.sluice.e2e.harness.WithPrograms;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The lines of docs/approval.md, with the real kubectl. */
@WithPrograms("kubernetes")
@ExtendWith(OnCluster.class)
final class ApprovalE2E {

  private static final Page PAGE = Page.of("docs/approval.md");

  private final Site site;

  ApprovalE2E(Site site) {
    this.site = site;
  }

  @AfterAll
  static void everyLineOfThePageWasRun() {
    assertThat(PAGE.untried()).isEmpty();
  }

  @Test
  void nothingIsWrittenAndThePodsWaitUntilThePlanIsApproved() {
    try (var shop = Shop.beside(site, "approval", Map.of())) {
      deliver(shop, "1", Shop.USERS);
      var planned = shop.terminal().run(PAGE.block("Read the plan")).succeeded();
      var plan = Objects.requireNonNull(shop.migration().get().getStatus().plan());
      assertThat(planned)
          .contains(
              "1 changeset waits for approval",
              "create table users (id int)",
              "plan " + plan.digest());
      assertThat(shop.database().tables()).isEmpty();
      assertThat(shop.running()).isEmpty();

      shop.terminal().run(PAGE.block("Approve")).succeeded();
      assertThat(shop.database().changeSets()).containsExactly("users");
      shop.awaitRunning("shop@1");

      // the word that was given for the first plan isn't one for the second
      deliver(shop, "2", Shop.MENDED);
      shop.migration().awaitReason("WaitingForApproval");
      assertThat(shop.migration().get().getStatus().pending()).isEqualTo(2);
      assertThat(shop.database().changeSets()).containsExactly("users");
      shop.terminal().run(PAGE.block("Approve")).succeeded();
      assertThat(shop.database().changeSets()).containsExactly("users", "slow", "orders");
    }
  }

  private static void deliver(Shop shop, String revision, String changesets) {
    shop.terminal().write("draft.yaml", shop.migration(revision, changesets));
    shop.terminal().write("approval.yaml", PAGE.block("Ask for it"));
    shop.terminal().write("application.yaml", shop.application(revision));
    shop.terminal()
        .run(
            """
            kubectl patch --local --type=merge -f draft.yaml --patch-file approval.yaml -o yaml > shop.yaml
            kubectl apply -f shop.yaml -f application.yaml
            """)
        .succeeded();
  }
}
