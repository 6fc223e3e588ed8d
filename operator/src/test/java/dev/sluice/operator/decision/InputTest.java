package dev.sluice.operator.decision;

import static dev.sluice.operator.decision.Given.spec;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InputTest {
  private static final String DIGEST =
      "@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  @ParameterizedTest
  @CsvSource({
    "shop:1.42.0, 1.42.0",
    "registry:5000/team/shop:v7, v7",
    "registry:5000/team/shop:v7" + DIGEST + ", v7",
    "registry:5000/team/shop" + DIGEST + ", 0123456789ab"
  })
  void theRevisionComesFromTheImage(String image, String revision) {
    assertThat(Input.of(spec(image, null, "h", false)).orElseThrow().revision())
        .isEqualTo(revision);
  }

  @ParameterizedTest
  @CsvSource({"shop", "registry:5000/shop", "shop:-x"})
  void anImageWithoutTagGivesNone(String image) {
    assertThat(Input.of(spec(image, null, "h", false))).isEmpty();
  }

  @Test
  void theRevisionOfTheSpecWins() {
    assertThat(Input.of(spec("shop:1", "2", "h", false)).orElseThrow().revision()).isEqualTo("2");
  }

  @Test
  void anotherHostIsAnotherTargetAndAnotherImageIsNot() {
    var one = Input.of(spec("shop:1", "r", "h", false)).orElseThrow();

    assertThat(Input.of(spec("shop:1", "r", "H", false)).orElseThrow()).isEqualTo(one);
    assertThat(Input.of(spec("shop:1", "r", "i", false)).orElseThrow().target())
        .isNotEqualTo(one.target());
    assertThat(Input.of(spec("shop:2", "r", "h", false)).orElseThrow().target())
        .isEqualTo(one.target());
    assertThat(Input.of(spec("shop:2", "r", "h", false)).orElseThrow().key())
        .isNotEqualTo(one.key());
  }

  @Test
  void partsOfAHashDoNotRunIntoEachOther() {
    assertThat(Hash.of(16, "ab", "c")).isNotEqualTo(Hash.of(16, "a", "bc"));
    assertThat(Hash.of(16, null, "-")).isNotEqualTo(Hash.of(16, "-", null));
  }
}
