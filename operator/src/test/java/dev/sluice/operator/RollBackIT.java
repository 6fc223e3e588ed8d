package dev.sluice.operator;

import static dev.sluice.operator.TestNamespace.manifest;
import static dev.sluice.operator.TestNamespace.trueConditions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.DatabaseMigrationStatus;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** An older revision is asked for again; each test has a migration of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RollBackIT {
  private static final String REFUSE = "  policy: {databaseAhead: Refuse}\n";
  private static final String AHEAD =
      "{\"failure\":{\"reason\":\"DatabaseAhead\",\"message\":\"0002_x is applied\","
          + "\"hint\":\"use an image that has it\"}}";

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

  private void applied(String name, long run, String image) {
    stage.apply(manifest(name, image));
    stage.run(name, run).works().ends(0);
    TestNamespace.await().until(() -> image.endsWith(":" + stage.status(name).appliedRevision()));
    stage.stands(name, "Applied");
  }

  private static String message(DatabaseMigrationStatus status) {
    return status.conditions().getFirst().message();
  }

  private void says(String name, String part) {
    TestNamespace.await().until(() -> message(stage.status(name)).contains(part));
  }

  @Test
  void nothingRunsAndTheColumnsShowBoth() {
    applied("back", 1, "a/shop:1");
    applied("back", 2, "a/shop:2");

    stage.apply(manifest("back", "a/shop:1"));
    says("back", "the database is ahead: revision 2 was applied after this one");

    assertThat(kubectl.columns("back"))
        .containsEntry("READY", "True")
        .containsEntry("WANTED", "1")
        .containsEntry("APPLIED", "2");
    assertThat(stage.status("back").run()).isEqualTo(2);
  }

  @Test
  void aRunLooksFirstWhereThePolicySaysSo() {
    applied("strict", 1, "a/shop:1");
    applied("strict", 2, "a/shop:2");

    stage.apply(manifest("strict", "a/shop:1") + REFUSE);
    var look = stage.run("strict", 3);
    assertThat(
            Objects.requireNonNull(look.job())
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getEnv())
        .anySatisfy(variable -> {
          assertThat(variable.getName()).isEqualTo("SLUICE_DATABASE_AHEAD");
          assertThat(variable.getValue()).isEqualTo("Refuse");
        });
    look.works().ends(30, AHEAD);
    var stalled = stage.stands("strict", "DatabaseAhead");

    assertThat(trueConditions(stalled)).containsExactly("Stalled");
    assertThat(message(stalled)).contains("0002_x is applied", "use an image that has it");

    stage.apply(manifest("strict", "a/shop:1"));
    stage.run("strict", 4).works().ends(0, "{\"applied\":0,\"total\":1,\"pending\":0,\"ahead\":3}");
    says("strict", "the database is ahead: it has 3 migrations that this revision doesn't have");
    assertThat(stage.status("strict").ahead()).isEqualTo(3);
  }
}
