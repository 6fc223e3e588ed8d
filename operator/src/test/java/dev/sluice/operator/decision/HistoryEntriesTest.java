package dev.sluice.operator.decision;

import static dev.sluice.operator.decision.DecisionFixture.NOW;
import static dev.sluice.operator.decision.DecisionFixture.desired;
import static dev.sluice.operator.decision.DecisionFixture.end;
import static dev.sluice.operator.decision.DecisionFixture.run;
import static dev.sluice.operator.decision.DecisionFixture.seen;
import static dev.sluice.operator.decision.DecisionFixture.settle;
import static dev.sluice.operator.decision.DecisionFixture.started;
import static dev.sluice.operator.decision.DecisionFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.DatabaseMigrationSpec;
import dev.sluice.operator.observation.Adoption;
import dev.sluice.operator.observation.Observation;
import dev.sluice.operator.observation.ObservedRun.Phase;
import dev.sluice.operator.observation.TerminationReport;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HistoryEntriesTest {
  private static final Adoption TWELVE = new Adoption(12, "drizzle.__drizzle_migrations");

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 11, 20, 30})
  void whatARunTookOverIsReportedHoweverItEnded(int exit) {
    assertThat(notices(ended(DecisionFixture.SPEC, 1, exit, report(TWELVE, null))))
        .contains(
            new Notice(
                false,
                "Adopted",
                "12 migrations of drizzle.__drizzle_migrations were taken over; nothing of them"
                    + " ran"))
        .noneMatch(notice -> notice.reason().equals("Baselined"));
  }

  @Test
  void itIsReportedOnce() {
    var first = ended(DecisionFixture.SPEC, 1, 0, report(TWELVE, 3));
    var again = seen(first.desired(), settle(first), NOW.plusSeconds(60), first.runs().getFirst());

    assertThat(notices(first))
        .extracting(Notice::reason)
        .containsExactly("Adopted", "Baselined", "RunSucceeded", "Applied");
    assertThat(notices(again)).isEmpty();
  }

  @Test
  void aBaselineIsReportedWithItsName() {
    var asked = with("baseline: {to: 0042_add_tier}");

    assertThat(notices(ended(asked, 1, 0, report(null, 42))))
        .contains(
            new Notice(
                false,
                "Baselined",
                "42 migrations up to 0042_add_tier count as applied; nothing of them ran"));
  }

  /** The name that the spec has now isn't the one of that run. */
  @Test
  void aBaselineOfAnOlderSpecHasNoName() {
    var asked = with("baseline: {to: 0043_more}");

    assertThat(notices(ended(asked, 2, 0, report(null, 42))))
        .contains(
            new Notice(false, "Baselined", "42 migrations count as applied; nothing of them ran"));
  }

  @Test
  void oneMigrationIsOne() {
    var asked = with("baseline: {to: '1'}");

    assertThat(notices(ended(asked, 1, 0, report(new Adoption(1, "flyway_schema_history"), 1))))
        .extracting(Notice::note)
        .contains(
            "1 migration of flyway_schema_history was taken over; it didn't run",
            "1 migration up to 1 counts as applied; it didn't run");
  }

  @Test
  void anotherToolTakesNothingOver() {
    var tool =
        new KubernetesSerialization()
            .unmarshal(
                """
                image: registry.example/shop-flyway:1.42.0
                command: [flyway]
                database: {host: db.example, name: shop, credentials: {secret: {name: shop-db}}}
                """,
                DatabaseMigrationSpec.class);

    assertThat(notices(ended(tool, 1, 0, report(TWELVE, 3))))
        .extracting(Notice::reason)
        .contains("RunSucceeded")
        .doesNotContain("Adopted", "Baselined");
  }

  /** The first run, started for generation 1, has ended. */
  private static Observation ended(
      DatabaseMigrationSpec spec, long generation, int exit, TerminationReport report) {
    return seen(
        desired(spec, generation, false, null),
        started(),
        NOW,
        run(1, 1, new Phase.Ended(end(exit, report)), true));
  }

  private static List<Notice> notices(Observation seen) {
    var current = CurrentStatus.of(seen);
    var next = NextStatus.of(current, Decider.decide(current), new ActionResult.Done());
    return Transition.between(current, next).stream().map(Transition::notice).toList();
  }

  private static TerminationReport report(
      @Nullable Adoption adoption, @Nullable Integer baselined) {
    return new TerminationReport(
        null, List.of(), null, null, null, List.of(), List.of(), adoption, baselined, null, null,
        null);
  }
}
