package dev.sluice.migrations.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceholdersTest {
  private final Placeholders placeholders =
      Placeholders.of(Map.of("schema", "shop", "empty", "", "nested", "${schema}"));

  private String filled(String text) {
    return placeholders.in(text, "db/V1__x.sql").text();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      textBlock =
          """
          select 1                     | select 1
          ${schema}.t                  | shop.t
          ${SCHEMA}.t                  | shop.t
          -- ${schema} '${schema}'     | -- shop 'shop'
          a${empty}b                   | ab
          ${nested}                    | ${schema}
          ${flyway:filename}           | V1__x.sql
          $${schema}$                  | $${schema}$
          $$${schema}$                 | $$shop$
          $$ ${schema} $$              | $$ shop $$
          a ${schemax                  | a shop
          """,
      delimiter = '|')
  void putsValuesInEverywhere(String text, String filled) {
    assertThat(filled(text)).isEqualTo(filled);
  }

  @Test
  void leavesWhatNobodyGivesAsItIs() {
    var filled = placeholders.in("${other} ${schema} ${other} ${flyway:user}", "V1__x.sql");
    assertThat(filled.text()).isEqualTo("${other} shop ${other} ${flyway:user}");
    assertThat(filled.use().missing()).containsExactly("other", "flyway:user");
    assertThat(filled.use().ofSession()).isTrue();
  }

  @Test
  void theSessionsOwnValuesWin() {
    var both = Placeholders.of(Map.of("flyway:user", "given", "flyway:environment", "test"));
    var filled =
        both.with(Map.of("flyway:user", "ann")).in("${flyway:User} ${flyway:environment}", "x.sql");
    assertThat(filled.text()).isEqualTo("ann test");
    assertThat(filled.use().missing()).isEmpty();
  }

  @Test
  void haveAnotherFormWhereThatIsSaid() {
    var other = new Placeholders("<<", ">>", Map.of("a", "1"), Map.of());
    assertThat(other.in("<<a>> ${a}", "x.sql").text()).isEqualTo("1 ${a}");
  }

  /** Flyway takes the rest of the text for its name. */
  @Test
  void oneThatNothingEndsIsMissing() {
    assertThat(placeholders.in("select 1 ${other", "x.sql").use().missing())
        .containsExactly("othe");
  }

  @Test
  void areReadWithALongPrefixAsFlywayReadsThem() {
    var other = new Placeholders("#[", "]", Map.of("a", "1"), Map.of());
    assertThat(other.in("#[a] ##[a] ###[a]", "x.sql").text()).isEqualTo("1 ##[a] ##1");
  }
}
