package dev.sluice.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A leader that stands still for longer than its lease, as a paused machine does. */
final class FrozenIT {
  @Test
  void aFrozenLeaderIsReplacedAndSpoilsNothingWhenItThaws() throws InterruptedException {
    try (var stage = new TestNamespace();
        var first = new OperatorJvm(stage.namespace, "first")) {
      TestNamespace.await().until(() -> leader(stage).equals("first"));
      try (var second = new OperatorJvm(stage.namespace, "second")) {
        stage.apply(TestNamespace.manifest("shop", "shop:1.0"));
        var one = stage.run(1).works();
        first.freeze();
        one.ends(0);
        TestNamespace.await().until(() -> leader(stage).equals("second"));
        stage.stands("shop", "Applied");
        stage.apply(TestNamespace.manifest("shop", "shop:2.0"));
        var two = stage.run(2).works();
        TestNamespace.await()
            .until(() -> Optional.of(2L).equals(Optional.ofNullable(stage.status("shop").run())));

        first.thaw();
        assertThat(first.ends()).as(first::log).isTrue();

        assertThat(first.log()).contains("leadership was lost");
        two.ends(0);
        assertThat(stage.stands("shop", "Applied").revision()).as(second::log).isEqualTo("2.0");
        stage.quiet("shop");
        assertThat(stage.jobs()).hasSize(2);
        assertThat(stage.status("shop").history()).hasSize(2);
      }
    }
  }

  private static String leader(TestNamespace stage) {
    var lease =
        stage.person.leases().inNamespace(stage.namespace).withName("sluice-operator").get();
    return lease == null ? "" : Objects.requireNonNullElse(lease.getSpec().getHolderIdentity(), "");
  }
}
