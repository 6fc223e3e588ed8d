package dev.sluice.e2e.argocd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.e2e.harness.Page;
import org.junit.jupiter.api.Test;

final class ArgoPageTest {
  /** What the tests here install and create, and the example, which is held to the page. */
  @Test
  void showsNothingThatIsNotTried() {
    var page = Page.of("docs/argocd.md");
    assertThat(page.block("Install")).startsWith("kubectl apply --server-side");
    assertThat(page.block("The Application")).contains("kind: Application");
    assertThat(page.block("A repository")).contains("sync-wave");
    assertThat(page.untried()).isEmpty();
  }
}
