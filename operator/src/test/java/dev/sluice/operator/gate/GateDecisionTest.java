package dev.sluice.operator.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.operator.gate.GateDecision.Closed;
import dev.sluice.operator.gate.GateDecision.Open;
import dev.sluice.operator.gate.RequiredMigration.Halt;
import dev.sluice.operator.gate.RequiredMigration.Missing;
import dev.sluice.operator.gate.RequiredMigration.Present;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class GateDecisionTest {
  private static final Halt STALLED = new Halt(true, "MigrationStalled", "has stalled: X: y");

  private static GateDecision decide(String requires, Map<String, RequiredMigration> known) {
    return GateDecision.decide(
        RequiredRevision.read(requires), name -> known.getOrDefault(name, new Missing()));
  }

  private static RequiredMigration shop(String wanted, @Nullable Halt halt, String... applied) {
    return new Present(wanted, List.of(applied), halt);
  }

  @Test
  void isOpenWhenTheRevisionIsApplied() {
    assertThat(decide("shop@2", Map.of("shop", shop("2", null, "2", "1"))))
        .isEqualTo(new Open("shop@2 is applied"));
  }

  @Test
  void isOpenForAnEarlierRevisionWhateverBecomesOfTheNext() {
    assertThat(decide("shop@1", Map.of("shop", shop("2", STALLED, "1")))).isInstanceOf(Open.class);
  }

  @Test
  void isClosedWhileTheRevisionIsOnItsWay() {
    assertThat(decide("shop@2", Map.of("shop", shop("2", null, "1"))))
        .isEqualTo(new Closed(false, "WaitingForMigration", "waits for shop@2"));
  }

  @Test
  void saysThatItStalled() {
    assertThat(decide("shop@2", Map.of("shop", shop("2", STALLED, "1"))))
        .isEqualTo(
            new Closed(true, "MigrationStalled", "waits for shop@2, which has stalled: X: y"));
  }

  @Test
  void saysThatNobodyWantsTheRevision() {
    assertThat(decide("shop@3", Map.of("shop", shop("2", STALLED, "1"))))
        .isEqualTo(
            new Closed(
                true,
                "RevisionNotWanted",
                "waits for shop@3, which shop neither has nor wants: its spec says revision 2"));
  }

  @Test
  void saysThatThereIsNone() {
    assertThat(decide("shop@3", Map.of()))
        .isEqualTo(
            new Closed(
                true,
                "MigrationMissing",
                "waits for shop@3: there is no DatabaseMigration shop in this namespace"));
  }

  @Test
  void wantsAllOfSeveralAndTellsTheWorst() {
    var known = Map.of("a", shop("1", null, "1"), "b", shop("1", null));
    assertThat(decide("a@1,b@1", known))
        .isEqualTo(new Closed(false, "WaitingForMigration", "waits for b@1"));
    assertThat(decide("a@1,b@1,c@1", known))
        .isInstanceOfSatisfying(
            Closed.class,
            closed -> {
              assertThat(closed.reason()).isEqualTo("MigrationMissing");
              assertThat(closed.message()).startsWith("waits for b@1; waits for c@1: there is no");
            });
    assertThat(decide("a@1,b@1", Map.of("a", shop("1", null, "1"), "b", shop("1", null, "1"))))
        .isEqualTo(new Open("a@1, b@1 are applied"));
  }
}
