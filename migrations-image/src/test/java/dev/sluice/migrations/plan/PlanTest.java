package dev.sluice.migrations.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {
  private static final PlanStep A = new PlanStep("a", "1");
  private static final PlanStep B = new PlanStep("b", "2");
  private static final PlanStep C = new PlanStep("c", "3");
  private static final String SEED = "shop";
  private static final String ALL = new Plan(List.of(A, B, C), List.of()).digest(SEED);

  @Test
  void theDigestTellsPlansApart() {
    assertThat(
            List.of(
                ALL,
                new Plan(List.of(A, C, B), List.of()).digest(SEED),
                new Plan(List.of(A, B), List.of()).digest(SEED),
                new Plan(List.of(A, B, new PlanStep("c", "4")), List.of()).digest(SEED),
                new Plan(List.of(A, B, C), List.of()).digest("other"),
                new Plan(List.of(new PlanStep("a1", ""), B, C), List.of()).digest(SEED)))
        .doesNotHaveDuplicates()
        .allMatch(PlanApproval::isDigest);
  }

  /** A run may be cut off after each step; what was applied long before doesn't matter. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void theRestOfAPlanIsPartOfIt(int done) {
    var steps = List.of(A, B, C);
    var before = IntStream.range(0, done).mapToObj(i -> steps.get(done - 1 - i)).toList();
    var left = new Plan(steps.subList(done, 3), before);
    assertThat(left.isLeftOf(ALL, SEED)).isTrue();
    assertThat(left.isLeftOf(ALL, "other")).isFalse();
  }

  @Test
  void whatIsMoreOrOtherThanThePlanIsNoPartOfIt() {
    var more = new PlanStep("d", "4");
    assertThat(new Plan(List.of(A, B, C, more), List.of()).isLeftOf(ALL, SEED)).isFalse();
    assertThat(new Plan(List.of(B, C, more), List.of(A)).isLeftOf(ALL, SEED)).isFalse();
    assertThat(new Plan(List.of(C), List.of(A)).isLeftOf(ALL, SEED)).isFalse();
    assertThat(new Plan(List.of(B, C), List.of(new PlanStep("a", "9"))).isLeftOf(ALL, SEED))
        .isFalse();
    assertThat(new Plan(List.of(more), List.of(C, B, A)).isLeftOf(ALL, SEED)).isFalse();
  }

  @Test
  void rowsOfAnotherChangelogAreLeftOut() {
    var plan = Plan.of(List.of(C), List.of("b", "theirs", "a"), List.of(A, B, C));
    assertThat(plan.before()).containsExactly(B, A);
    assertThat(plan.isLeftOf(ALL, SEED)).isTrue();
  }

  @Test
  void nothingPendingNeedsNoWord() {
    var nothing = new Plan(List.of(), List.of(A));
    assertThat(new PlanApproval(true, null).allows(nothing, SEED)).isTrue();
    var pending = new Plan(List.of(A, B, C), List.of());
    assertThat(new PlanApproval(true, null).allows(pending, SEED)).isFalse();
    assertThat(new PlanApproval(true, "0".repeat(64)).allows(pending, SEED)).isFalse();
    assertThat(new PlanApproval(true, ALL).allows(pending, SEED)).isTrue();
    assertThat(new PlanApproval(false, null).allows(pending, SEED)).isTrue();
  }
}
