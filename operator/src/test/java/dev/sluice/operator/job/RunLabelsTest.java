package dev.sluice.operator.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunLabelsTest {
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
    assertThat(RunLabels.job(name, "u", 1)).matches(LABEL);
    assertThat(RunLabels.label(name)).isEqualTo(name);
  }

  @Test
  void theLongestNameIsCutAndTheHashTellsItApart() {
    var one = "a".repeat(252) + "b";
    var two = "a".repeat(252) + "c";

    assertThat(RunLabels.job(one, "u", Long.MAX_VALUE)).matches(LABEL);
    assertThat(RunLabels.job(one, "u", 1)).isNotEqualTo(RunLabels.job(one, "v", 1));
    assertThat(RunLabels.label(one)).matches(LABEL).isNotEqualTo(RunLabels.label(two));
  }

  @Test
  void everyRunHasItsOwnName() {
    assertThat(RunLabels.job("shop", "u", 1))
        .isNotEqualTo(RunLabels.job("shop", "u", 2))
        .startsWith("shop-");
  }
}
