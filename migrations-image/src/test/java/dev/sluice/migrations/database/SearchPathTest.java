package dev.sluice.migrations.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchPathTest {
  @ParameterizedTest
  @ValueSource(strings = {"shop", "Shop", "_a1$", "shop,public", "shop , public"})
  void isPlainNamesSeparatedByCommas(String text) {
    assertThat(SearchPath.isOne(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ",", "a,", "a,,b", "a b", "1a", "\"a\"", "a;b", "a-b", "$user", "a\n"})
  void isNothingElse(String text) {
    assertThat(SearchPath.isOne(text)).isFalse();
  }

  @Test
  void aNameHasAtMost63Characters() {
    assertThat(SearchPath.isPlain("a".repeat(63))).isTrue();
    assertThat(SearchPath.isPlain("a".repeat(64))).isFalse();
    assertThat(SearchPath.isOne("b," + "a".repeat(64))).isFalse();
  }

  @Test
  void oneNameIsNoList() {
    assertThat(SearchPath.isPlain("a,b")).isFalse();
  }

  @Test
  void itsSchemasAreAsTheyAreWritten() {
    assertThat(SearchPath.schemas("Shop , public")).containsExactly("Shop", "public");
  }
}
