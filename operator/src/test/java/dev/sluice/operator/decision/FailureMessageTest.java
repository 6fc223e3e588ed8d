package dev.sluice.operator.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.LastRun.Failure;
import org.junit.jupiter.api.Test;

final class FailureMessageTest {
  @Test
  void namesFileLineAndStatement() {
    var failure = new Failure("X", "0003_tier", "db/0003_tier.sql", 12, 4, "42P07", "no", "do");

    assertThat(FailureMessage.of(failure))
        .isEqualTo(
            "changeset 0003_tier at db/0003_tier.sql:12, statement 4: no (SQLSTATE 42P07); do");
  }

  @Test
  void namesTheStatementWhereTheLineIsNotKnown() {
    var failure = new Failure("X", "a.xml::1::ann", "a.xml", null, 4, null, "no", null);

    assertThat(FailureMessage.of(failure))
        .isEqualTo("changeset a.xml::1::ann at a.xml, statement 4: no");
  }

  @Test
  void namesNoPlaceThatIsNotKnown() {
    var failure = new Failure("X", "a.xml::1::ann", "a.xml", null, "no", null);

    assertThat(FailureMessage.of(failure)).isEqualTo("changeset a.xml::1::ann: no");
  }
}
