package dev.sluice.migrations.folder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlywayVersionTest {
  private static FlywayVersion version(String text) {
    return FlywayVersion.of(text).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2",
    "9, 10",
    "1.9, 1.10",
    "1, 1.0.1",
    "1.2, 2",
    "1_9, 1.10",
    "20240101120000, 20240101120001",
    "99999999999999999998, 99999999999999999999"
  })
  void comesBefore(String one, String other) {
    assertThat(version(one)).isLessThan(version(other));
    assertThat(version(other)).isGreaterThan(version(one));
  }

  @ParameterizedTest
  @CsvSource({"1, 1.0", "1, 1.0.0", "1.2, 1_2", "1, 01", "0, 0.0"})
  void isTheSame(String one, String other) {
    assertThat(version(one)).isEqualByComparingTo(version(other));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "1.", ".1", "1..2", "1a", "a", "-1", "1 ", "1__2"})
  void isNothingButNumbers(String text) {
    assertThat(FlywayVersion.of(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"2, 2, true", "1.9, 2, true", "2.0, 2, true", "2.1, 2, false", "3, 2, false"})
  void isUpToTheOneWithWhichFlywayBegan(String version, String begun, boolean is) {
    assertThat(new ToolIdentity.Flyway("SQL", version, "", "x.sql", 1).isUpTo(begun)).isEqualTo(is);
  }

  @Test
  void aRepeatableOneIsNeverUpToAny() {
    assertThat(new ToolIdentity.Flyway("SQL", null, "", "x.sql", 1).isUpTo("2")).isFalse();
  }
}
