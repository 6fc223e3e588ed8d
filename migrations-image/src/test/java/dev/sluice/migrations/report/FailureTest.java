package dev.sluice.migrations.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTest {
  @ParameterizedTest
  @CsvSource({
    "CHANGE_SET_FAILED, FAILED",
    "CONFIGURATION_INVALID, FAILED",
    "OUT_OF_ORDER, REFUSED",
    "FOREIGN_HISTORY, REFUSED",
    "APPROVAL_REQUIRED, PLANNED",
    "DATABASE_UNREACHABLE, WAITED",
    "DEADLINE_EXCEEDED, WAITED",
    "INTERRUPTED, INTERRUPTED"
  })
  void hasTheOutcomeOfItsReason(Reason reason, Outcome outcome) {
    assertThat(Failure.of(reason, "m").outcome()).isEqualTo(outcome);
  }

  @Test
  void hasTheOutcomeOfAnotherExitWhereThatWasGiven() {
    assertThat(Failure.of(Reason.TLS_FAILED, "m").exit(Exit.WAITED).outcome())
        .isEqualTo(Outcome.WAITED);
    assertThat(Failure.of(Reason.LOCK_HELD, "m").exit(Exit.TRANSIENT).outcome())
        .isEqualTo(Outcome.FAILED);
  }

  @Test
  void keepsEverythingElseWhenOneThingIsChanged() {
    var all =
        Failure.of(Reason.CHANGE_SET_FAILED, "m")
            .sqlState("42601")
            .in("a.sql::1::ann", "a.sql")
            .hint("h")
            .at(new Failure.Place(2, 3, 7))
            .exit(Exit.TRANSIENT);
    assertThat(all)
        .isEqualTo(
            new Failure(
                Reason.CHANGE_SET_FAILED,
                Exit.TRANSIENT,
                "m",
                "h",
                "a.sql::1::ann",
                "a.sql",
                "42601",
                new Failure.Place(2, 3, 7)));
  }
}
