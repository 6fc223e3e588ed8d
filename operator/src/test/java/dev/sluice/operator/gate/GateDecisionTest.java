package dev.sluice.operator.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Condition;
import dev.sluice.api.DatabaseMigration;
import dev.sluice.api.DatabaseMigrationStatus;
import dev.sluice.api.DatabaseMigrationStatus.AppliedRevision;
import dev.sluice.api.MigrationView;
import dev.sluice.operator.gate.GateDecision.Closed;
import dev.sluice.operator.gate.GateDecision.Hold;
import dev.sluice.operator.gate.GateDecision.Open;
import dev.sluice.operator.gate.RequiredMigration.Missing;
import dev.sluice.operator.gate.RequiredMigration.Present;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GateDecisionTest {
  private static final List<Condition> STALLED =
      List.of(condition("Ready", "False"), condition("Stalled", "True"));

  private static GateDecision decide(String requires, Map<String, RequiredMigration> known) {
    return GateDecision.decide(
        RequiredRevision.read(requires), name -> known.getOrDefault(name, new Missing()));
  }

  private static Condition condition(String type, String status) {
    return new Condition(type, status, "X", "y", Instant.EPOCH, 1L);
  }

  private static RequiredMigration shop(
      String wanted, List<Condition> conditions, String... applied) {
    var migration = new DatabaseMigration();
    migration.setMetadata(new ObjectMetaBuilder().withGeneration(1L).build());
    migration.setStatus(
        new DatabaseMigrationStatus(
            1L,
            conditions,
            wanted,
            "target",
            null,
            Arrays.stream(applied)
                .map(revision -> new AppliedRevision(revision, "target", Instant.EPOCH, null))
                .toList(),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            List.of(),
            null,
            null,
            null,
            null));
    return new Present(MigrationView.of(migration, wanted, "target"));
  }

  @Test
  void isOpenWhenTheRevisionIsApplied() {
    assertThat(decide("shop@2", Map.of("shop", shop("2", List.of(), "2", "1"))))
        .isEqualTo(new Open("shop@2 is applied"));
  }

  @Test
  void isOpenForAnEarlierRevisionWhateverBecomesOfTheNext() {
    assertThat(decide("shop@1", Map.of("shop", shop("2", STALLED, "1")))).isInstanceOf(Open.class);
  }

  @Test
  void isClosedWhileTheRevisionIsOnItsWay() {
    assertThat(decide("shop@2", Map.of("shop", shop("2", List.of(), "1"))))
        .isEqualTo(new Closed(Hold.WAITING, "waits for shop@2"));
  }

  @Test
  void saysThatItStalled() {
    assertThat(decide("shop@2", Map.of("shop", shop("2", STALLED, "1"))))
        .isEqualTo(new Closed(Hold.STALLED, "waits for shop@2, which has stalled: X: y"));
  }

  @Test
  void saysThatNobodyWantsTheRevision() {
    assertThat(decide("shop@3", Map.of("shop", shop("2", STALLED, "1"))))
        .isEqualTo(
            new Closed(
                Hold.NOT_WANTED,
                "waits for shop@3, which is unknown to shop: its status doesn't list it and its"
                    + " spec asks for 2; if the database has it, the annotation sluice.dev/retry on"
                    + " shop asks the database"));
  }

  @Test
  void saysThatThereIsNone() {
    assertThat(decide("shop@3", Map.of()))
        .isEqualTo(
            new Closed(
                Hold.MISSING,
                "waits for shop@3: there is no DatabaseMigration shop in this namespace"));
  }

  @Test
  void wantsAllOfSeveralAndTellsTheWorst() {
    var known = Map.of("a", shop("1", List.of(), "1"), "b", shop("1", List.of()));
    assertThat(decide("a@1,b@1", known)).isEqualTo(new Closed(Hold.WAITING, "waits for b@1"));
    assertThat(decide("a@1,b@1,c@1", known))
        .isInstanceOfSatisfying(
            Closed.class,
            closed -> {
              assertThat(closed.hold().reason()).isEqualTo("MigrationMissing");
              assertThat(closed.message()).startsWith("waits for b@1; waits for c@1: there is no");
            });
    assertThat(
            decide(
                "a@1,b@1", Map.of("a", shop("1", List.of(), "1"), "b", shop("1", List.of(), "1"))))
        .isEqualTo(new Open("a@1, b@1 are applied"));
  }
}
