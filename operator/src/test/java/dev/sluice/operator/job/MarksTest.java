package dev.sluice.operator.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MarksTest {
  private static final String LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "shop",
        "shop.example.com",
        "a--b",
        "x1234567890123456789012345678901234567890123456.a"
      })
  void namesFitForPodsAndLabels(String name) {
    assertThat(Marks.job(name, "u", 1)).matches(LABEL);
    assertThat(Marks.label(name)).isEqualTo(name);
  }

  @Test
  void theLongestNameIsCutAndTheHashTellsItApart() {
    var one = "a".repeat(252) + "b";
    var two = "a".repeat(252) + "c";

    assertThat(Marks.job(one, "u", Long.MAX_VALUE)).matches(LABEL);
    assertThat(Marks.job(one, "u", 1)).isNotEqualTo(Marks.job(one, "v", 1));
    assertThat(Marks.label(one)).matches(LABEL).isNotEqualTo(Marks.label(two));
  }

  @Test
  void everyRunHasItsOwnName() {
    assertThat(Marks.job("shop", "u", 1))
        .isNotEqualTo(Marks.job("shop", "u", 2))
        .startsWith("shop-");
  }
}
