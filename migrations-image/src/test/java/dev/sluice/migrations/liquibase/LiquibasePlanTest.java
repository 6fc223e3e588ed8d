package dev.sluice.migrations.liquibase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.plan.PlanStep;
import java.util.List;
import liquibase.change.core.RawSQLChange;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.RanChangeSet;
import org.junit.jupiter.api.Test;

class LiquibasePlanTest {
  private final DatabaseChangeLog changelog = new DatabaseChangeLog("root.sql");
  private final ChangeSet one = changeSet("1", "select 1");
  private final ChangeSet two = changeSet("2", "select 2");
  private final ChangeSet three = changeSet("3", "select 3");

  private ChangeSet changeSet(String id, String sql) {
    var changeSet = new ChangeSet(id, "ann", false, false, "a.sql", null, null, changelog);
    changeSet.addChange(new RawSQLChange(sql));
    changelog.addChangeSet(changeSet);
    return changeSet;
  }

  @Test
  void hasWhatIsPendingInItsOrder() {
    assertThat(LiquibasePlan.of(List.of(two, three), changelog, List.of()).pending())
        .extracting(PlanStep::name)
        .containsExactly("a.sql::2::ann", "a.sql::3::ann");
  }

  @Test
  void hasWhatRanBeforeTheLatestFirst() {
    var ran = List.of(new RanChangeSet(one), new RanChangeSet(two));
    assertThat(LiquibasePlan.of(List.of(three), changelog, ran).before())
        .extracting(PlanStep::name)
        .containsExactly("a.sql::2::ann", "a.sql::1::ann");
  }

  @Test
  void leavesOutWhatRanOfAnotherChangelog() {
    var other =
        new RanChangeSet(new ChangeSet("9", "bob", false, false, "b.sql", null, null, changelog));
    assertThat(LiquibasePlan.of(List.of(two), changelog, List.of(other)).before()).isEmpty();
  }

  @Test
  void changesWithTheContentOfAChangeset() {
    var plan = LiquibasePlan.of(List.of(one), changelog, List.of());
    var edited = new ChangeSet("1", "ann", false, false, "a.sql", null, null, changelog);
    edited.addChange(new RawSQLChange("select 9"));
    var other = LiquibasePlan.of(List.of(edited), changelog, List.of());
    assertThat(other.pending().getFirst().name()).isEqualTo(plan.pending().getFirst().name());
    assertThat(other.digest("seed")).isNotEqualTo(plan.digest("seed"));
  }
}
