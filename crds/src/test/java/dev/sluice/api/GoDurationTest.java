package dev.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GoDurationTest {
  @ParameterizedTest
  @ValueSource(strings = {"0s", "500ms", "90s", "1h30m", "24h", "1h1m1s1ms"})
  void writesWhatItReads(String text) {
    assertThat(GoDuration.parse(GoDuration.format(GoDuration.parse(text))))
        .isEqualTo(GoDuration.parse(text));
  }

  @Test
  void readsUnitsInAnyNumber() {
    assertThat(GoDuration.parse("1h30m")).isEqualTo(Duration.ofMinutes(90));
    assertThat(GoDuration.format(Duration.ofSeconds(90))).isEqualTo("1m30s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "m", "-1s", "1.5h", "1s ", "1d", "1s,2s"})
  void refusesWhatIsNoDuration(String text) {
    assertThatThrownBy(() -> GoDuration.parse(text)).hasMessageContaining("not a duration");
  }
}
