package dev.sluice.operator;

import static dev.sluice.operator.TestNamespace.manifest;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a person with the real kubectl meets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KubectlIT {
  private final TestNamespace stage = new TestNamespace();
  private final SluiceOperator operator = stage.operator();
  private final Kubectl kubectl = new Kubectl(stage);

  @BeforeAll
  void ready() {
    assertThat(operator.port()).isPositive();
  }

  @AfterAll
  void stop() {
    operator.close();
    stage.close();
  }

  /** The operator never writes spec, and the schema fills nothing in. */
  @Test
  void theSameManifestIsQuietHoweverItIsApplied() {
    var manifest = manifest("quiet", "a/shop:1");
    assertThat(kubectl.fed(manifest, "apply", "-f", "-").text()).contains("created");
    stage.run(1).works().ends(0);
    stage.stands("quiet", "Applied");
    stage.quiet("quiet");
    var version = stage.migration("quiet").getMetadata().getResourceVersion();

    assertThat(kubectl.fed(manifest, "apply", "-f", "-").text()).contains("unchanged");
    assertThat(kubectl.fed(manifest, "diff", "-f", "-")).isEqualTo(new Kubectl.Said(0, ""));
    assertThat(stage.migration("quiet").getMetadata().getResourceVersion()).isEqualTo(version);

    var serverSide = new String[] {"apply", "--server-side", "--force-conflicts", "-f", "-"};
    assertThat(kubectl.fed(manifest, serverSide).exit()).isZero();
    var taken = stage.migration("quiet").getMetadata().getResourceVersion();
    assertThat(kubectl.fed(manifest, serverSide).exit()).isZero();
    stage.quiet("quiet");
    assertThat(stage.migration("quiet").getMetadata().getResourceVersion()).isEqualTo(taken);
    assertThat(stage.jobs()).hasSize(1);
  }

  @Test
  void aBadManifestIsRefusedWithFieldAndRemedy() {
    var bad = manifest("bad", "a/shop:1").replace("host: db.example", "host: 'db.example:5432'");
    var said = kubectl.fed(bad, "apply", "-f", "-");
    assertThat(said.exit()).isNotZero();
    assertThat(said.text()).contains("spec.database.host must be one host name or IP address");
  }

  @Test
  void explainTellsUnitsAndDefaults() {
    assertThat(kubectl.run("explain", "dbm.spec.run.deadline").text())
        .contains("10s to 24h")
        .contains("Default: 30m");
    assertThat(kubectl.run("explain", "dbm.spec.deletionPolicy").text()).contains("Default: Wait");
  }
}
