package dev.sluice.operator;

import static dev.sluice.operator.TestNamespace.manifest;
import static dev.sluice.operator.TestNamespace.trueConditions;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Databases that another tool migrated before; each test has a migration of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AdoptIT {
  private static final String ADOPTED =
      "{\"applied\":1,\"adopted\":12,\"adoptedFrom\":\"drizzle.__drizzle_migrations\",\"total\":13,\"pending\":0}";
  private static final String TAKEN_OVER =
      "12 migrations of drizzle.__drizzle_migrations were taken over; nothing of them ran";

  private final TestNamespace stage = new TestNamespace();
  private final SluiceOperator operator = stage.operator();

  @BeforeAll
  void ready() {
    assertThat(operator.port()).isPositive();
  }

  @AfterAll
  void stop() {
    operator.close();
    stage.close();
  }

  @Test
  void theRunIsToldWhatTheSpecSays() {
    stage.apply(
        manifest("told", "a/shop:1")
                .replace("path: root.yaml", "path: drizzle, history: {schema: app, table: moves}")
            + """
              adopt: Drizzle
              baseline: {to: 0042_add_tier}
              policy: {missing: Allow, edited: Allow}
            """);

    assertThat(environment(stage.run("told", 1)))
        .containsEntry("SLUICE_HISTORY_SCHEMA", "app")
        .containsEntry("SLUICE_HISTORY_TABLE", "moves")
        .containsEntry("SLUICE_ADOPT", "Drizzle")
        .containsEntry("SLUICE_BASELINE_TO", "0042_add_tier")
        .containsEntry("SLUICE_MISSING", "Allow")
        .containsEntry("SLUICE_EDITED", "Allow");
  }

  /** Also where the defaults are written out. */
  @Test
  void theRunIsToldNothingOfTheDefaults() {
    stage.apply(
        manifest("silent", "a/shop:1")
            + """
              adopt: Auto
              policy: {missing: Refuse, edited: Refuse, databaseAhead: Allow}
            """);

    assertThat(environment(stage.run("silent", 1)))
        .containsEntry("SLUICE_OUT_OF_ORDER", "Refuse")
        .doesNotContainKeys(
            "SLUICE_HISTORY_SCHEMA",
            "SLUICE_HISTORY_TABLE",
            "SLUICE_ADOPT",
            "SLUICE_BASELINE_TO",
            "SLUICE_MISSING",
            "SLUICE_DATABASE_AHEAD",
            "SLUICE_EDITED");
  }

  @Test
  void aHistoryThatIsUnclearStallsUntilItsToolIsNamed() {
    var manifest = manifest("unclear", "a/shop:1");
    stage.apply(manifest);
    stage
        .run("unclear", 1)
        .works()
        .ends(
            30,
            "{\"failure\":{\"reason\":\"AdoptionUnclear\",\"message\":\"2 rows fit no"
                + " file\",\"hint\":\"set spec.adopt\"}}");
    var stalled = stage.stands("unclear", "AdoptionUnclear");
    assertThat(trueConditions(stalled)).containsExactly("Stalled");
    assertThat(stalled.conditions().getFirst().message())
        .isEqualTo("2 rows fit no file; set spec.adopt");
    stage.quiet("unclear");

    stage.apply(manifest + "  adopt: Drizzle\n");
    var second = stage.run("unclear", 2);
    assertThat(environment(second)).containsEntry("SLUICE_ADOPT", "Drizzle");
    second.works().ends(0, ADOPTED);

    stage.stands("unclear", "Applied");
    assertThat(stage.events("unclear")).contains("AdoptionUnclear");
  }

  @Test
  void whatWasTakenOverIsReportedOnce() {
    var manifest = manifest("adopted", "a/shop:1");
    stage.apply(manifest);
    stage.run("adopted", 1).works().ends(0, ADOPTED);
    stage.stands("adopted", "Applied");
    TestNamespace.await().until(() -> stage.events("adopted").contains("Applied"));
    stage.quiet("adopted");

    // neither a change of the spec nor a further run says it again
    stage.apply(manifest + "  adopt: Never\n");
    var status = stage.stands("adopted", "Applied");
    stage.apply(manifest.replace("a/shop:1", "a/shop:2"));
    stage.run("adopted", 2).works().ends(0, "{\"applied\":1,\"total\":14,\"pending\":0}");
    TestNamespace.await()
        .until(() -> stage.events("adopted").stream().filter("RunSucceeded"::equals).count() == 2);

    assertThat(status.conditions().getFirst().message()).doesNotContain("warning");
    assertThat(stage.notes("adopted", "Adopted")).containsExactly(TAKEN_OVER);
    assertThat(stage.events("adopted")).doesNotContain("Baselined", "SameRevisionOtherContent");
  }

  @Test
  void whatARunTookOverBeforeItFailedIsReportedToo() {
    stage.apply(manifest("broken", "a/shop:1"));
    stage
        .run("broken", 1)
        .works()
        .ends(
            20,
            "{\"adopted\":12,\"adoptedFrom\":\"drizzle.__drizzle_migrations\",\"failure\":{\"reason\":\"ChangeSetFailed\",\"message\":\"exists\"}}");

    stage.stands("broken", "ChangeSetFailed");
    TestNamespace.await().until(() -> stage.events("broken").contains("ChangeSetFailed"));
    assertThat(stage.notes("broken", "Adopted")).containsExactly(TAKEN_OVER);
  }

  @Test
  void aBaselineIsReportedWithItsName() {
    stage.apply(manifest("based", "a/shop:1") + "  baseline: {to: 0042_add_tier}\n");
    stage.run("based", 1).works().ends(0, "{\"baselined\":42,\"total\":42,\"pending\":0}");

    stage.stands("based", "Applied");
    TestNamespace.await().until(() -> stage.events("based").contains("Applied"));
    assertThat(stage.notes("based", "Baselined"))
        .containsExactly("42 migrations up to 0042_add_tier count as applied; nothing of them ran");
    assertThat(stage.events("based")).doesNotContain("Adopted");
  }

  @Test
  void nonsenseInAReportBreaksNothing() {
    stage.apply(manifest("forged", "a/shop:1"));
    stage
        .run("forged", 1)
        .works()
        .ends(
            0,
            "{\"applied\":2,\"adopted\":-12,\"adoptedFrom\":\"t\",\"baselined\":99999999999,\"total\":5,\"pending\":0}");

    assertThat(stage.stands("forged", "Applied").applied()).isEqualTo(5);
    TestNamespace.await().until(() -> stage.events("forged").contains("Applied"));
    assertThat(stage.events("forged")).doesNotContain("Adopted", "Baselined");
  }

  private static Map<String, String> environment(SimulatedJob run) {
    return run.job().getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv().stream()
        .filter(v -> v.getValue() != null)
        .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
  }
}
