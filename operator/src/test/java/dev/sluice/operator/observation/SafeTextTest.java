package dev.sluice.operator.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
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
}
