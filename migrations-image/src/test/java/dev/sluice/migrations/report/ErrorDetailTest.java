package dev.sluice.migrations.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorDetailTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "23505 | Key (email)=(Canary) already exists.                      | key (email)",
        "23505 | Key (lower(email), id)=(Canary)=(x, 1) already exists.    | key (lower(email),"
            + " id)",
        "23503 | Key (t)=(Canary) is not present in table \"t\".           | key (t) is not present"
            + " in table \"t\"",
        "23503 | Key (t)=(C) is not present in table \"C\".) is still referenced from table \"u\"."
            + " | key (t) is still referenced from table \"u\"",
        "23P01 | Key (r)=(Canary) conflicts with existing key (r)=(Canary). | key (r)",
        "23502 | Failing row contains (Canary).                            | ",
        "2BP01 | view v depends on table t                                 | view v depends on"
            + " table t",
        "0A000 | rule _RETURN on view v depends on column \"a\"            | rule _RETURN on view v"
            + " depends on column \"a\"",
        "0A000 | Could not open extension control file \"/secret\".        | ",
        "22P02 | Token \"Canary\" is invalid.                              | ",
        "42P01 | Canary                                                    | "
      })
  void hasNamesAndNoValues(String sqlState, String detail, String words) {
    assertThat(ErrorDetail.of(sqlState, detail, "")).isEqualTo(Optional.ofNullable(words));
  }

  @Test
  void isNothingWhereAFunctionRaisesIt() {
    assertThat(ErrorDetail.of("2BP01", "Canary", "PL/pgSQL function f() line 3 at RAISE"))
        .isEmpty();
  }

  @Test
  void isOfAFewLines() {
    assertThat(ErrorDetail.of("2BP01", "view a depends\n".repeat(9), "").orElseThrow())
        .endsWith("view a depends; and 4 more");
  }
}
