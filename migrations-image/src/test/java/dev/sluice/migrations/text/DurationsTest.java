package dev.sluice.migrations.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({"90s,90000", "30m,1800000", "1h30m,5400000", "500ms,500", "0s,0", "1m500ms,60500"})
  void readDurationsAsInTheResource(String text, long millis) {
    assertThat(Durations.of(text)).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "5", "1.5h", "-1s", "99999999999h", "1s1h", " 1s"})
  void refuseOtherDurations(String text) {
    assertThat(Durations.of(text)).isEmpty();
  }
}
