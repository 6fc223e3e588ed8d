package dev.sluice.operator;

import static dev.sluice.operator.TestNamespace.await;
import static dev.sluice.operator.TestNamespace.manifest;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** Two installations on the same objects. */
final class OtherInstallationsIT {

  @Test
  void makeOneJobTogetherAndTheSecondSaysSo() {
    try (var stage = new TestNamespace();
        var one = stage.operator(false, "one", "sluice-one", InstantSource.system())) {
      assertThat(one.port()).isPositive();
      stage.apply(manifest("shop", "a/shop:1"));
      var run = stage.run(1).works();
      assertThat(run.marks()).containsEntry("sluice.dev/installation", "sluice-one");

      // has been there for an hour, as far as it knows
      var hourAgo = InstantSource.offset(InstantSource.system(), Duration.ofHours(-1));
      try (var two = stage.operator(false, "two", "sluice-two", hourAgo)) {
        assertThat(two.port()).isPositive();
        await().until(() -> stage.events("shop").contains("OtherInstallation"));
        run.ends(0);
        stage.stands("shop", "Applied");
        assertThat(stage.jobs()).hasSize(1);
      }
      assertThat(stage.events("shop")).containsOnlyOnce("OtherInstallation");
    }
  }
}
