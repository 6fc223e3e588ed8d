package dev.sluice.operator.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SafeTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "ö", "€", "😀", "aö€😀"})
  void textIsCutByBytesBetweenCharacters(String character) {
    var text = character.repeat(1000);
    var cut = SafeText.cutBytes(text, 1024);

    if (text.getBytes(StandardCharsets.UTF_8).length <= 1024) {
      assertThat(cut).isEqualTo(text);
    } else {
      assertThat(cut.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1018, 1024);
      assertThat(cut).endsWith("…").doesNotContain("\uFFFD");
      assertThat(text).startsWith(cut.substring(0, cut.length() - 1));
    }
  }

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
