package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VariableReferencesTest {
  @ParameterizedTest
  @CsvSource({
    "$(PGHOST):5432, db:5432",
    "a$(PGHOST)b$(EMPTY)c, adbbc",
    "$(UNKNOWN), $(UNKNOWN)",
    "$$(PGHOST), $(PGHOST)",
    "$$$(PGHOST), $db",
    "$PGHOST ${PGHOST}, $PGHOST ${PGHOST}",
    "100$, 100$",
    "$(DOLLAR), $(PGHOST)\\1"
  })
  void areExpandedAsKubernetesDoes(String text, String expanded) {
    var values = Map.of("PGHOST", "db", "EMPTY", "", "DOLLAR", "$(PGHOST)\\1");

    assertThat(new VariableReferences(values::get).expanded(text)).isEqualTo(expanded);
  }
}
