package dev.sluice.migrations.wait;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequiredRevisionTest {
  @ParameterizedTest
  @CsvSource({
    "shop@1.42.0, shop, 1.42.0",
    "a@1, a, 1",
    "shop.db-2@v1_2-rc.1, shop.db-2, v1_2-rc.1"
  })
  void isAMigrationAndARevision(String word, String migration, String revision) {
    var requirement = new RequiredRevision(migration, revision);
    assertThat(RequiredRevision.of(word))
        .isEqualTo(new RequiredRevision.Read.Understood(requirement));
    assertThat(requirement).hasToString(word);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "@", "@1", "shop", "shop@", "shop-@1", "-shop@1", "sh_op@1", "shop@1-", "shop@ 1"
      })
  void isNothingElse(String word) {
    assertThat(RequiredRevision.of(word))
        .isEqualTo(
            new RequiredRevision.Read.Malformed(
                "\"%s\" stands where <migration>@<revision> is expected, such as shop@1.42.0"
                    .formatted(word)));
  }

  @Test
  void aNameHas253CharactersAndARevision63() {
    assertThat(RequiredRevision.of("a".repeat(253) + "@" + "1".repeat(63)))
        .isInstanceOf(RequiredRevision.Read.Understood.class);
    assertThat(RequiredRevision.of("a".repeat(254) + "@1"))
        .isInstanceOf(RequiredRevision.Read.Malformed.class);
    assertThat(RequiredRevision.of("a@" + "1".repeat(64)))
        .isInstanceOf(RequiredRevision.Read.Malformed.class);
  }

  @Test
  void aLongWordIsNotRepeatedInFull() {
    assertThat(RequiredRevision.of("x".repeat(200)))
        .isInstanceOfSatisfying(
            RequiredRevision.Read.Malformed.class,
            malformed ->
                assertThat(malformed.problem()).startsWith("\"" + "x".repeat(80) + "…\" stands"));
  }
}
