package dev.sluice.operator.observation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SafeTextTest {
  /** Right-to-left marks and overrides, isolates, zero-width ones, a byte order mark, a tag. */
  @ParameterizedTest
  @ValueSource(
      ints = {
        0x202E, 0x202A, 0x2066, 0x2069, 0x200E, 0x200F, 0x061C, 0x200B, 0x200C, 0x200D, 0x2060,
        0xFEFF, 0x00AD, 0xE0041, 0x3164, 0x034F
      })
  void whatIsNotSeenGetsAMark(int invisible) {
    var text = "db/" + Character.toString(invisible) + "lqs.gnp";

    assertThat(SafeText.clean(text, 100)).isEqualTo("db/\uFFFDlqs.gnp");
    assertThat(SafeText.visible(text)).isEqualTo("db/\uFFFDlqs.gnp");
  }

  @Test
  void otherTextStaysAsItIs() {
    assertThat(SafeText.clean("Grüße 𝄞 عربى 日本語", 100)).isEqualTo("Grüße 𝄞 عربى 日本語");
    assertThat(SafeText.visible("two\nlines")).isEqualTo("two\nlines");
  }
}
