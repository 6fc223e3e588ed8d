package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariablesTest {
  private static Variables of(String value) {
    return new Variables(Map.of("NAME", value));
  }

  @Test
  void anEmptyOneCountsAsNotSet() {
    assertThat(of("").has("NAME")).isFalse();
    assertThat(of("").or("NAME", "other")).isEqualTo("other");
    assertThat(of("").optional("NAME")).isEmpty();
    assertThat(of("x").optional("NAME")).contains("x");
  }

  @Test
  void oneThatIsRequiredAndMissingIsNamed() {
    var variables = of("");
    assertThat(variables.required("NAME", _ -> true, "a name")).isEmpty();
    assertThat(variables.problems()).containsExactly("NAME is not set; it must be a name");
  }

  @Test
  void oneThatIsWrongIsNamedWithoutItsValue() {
    var variables = of("canary");
    assertThat(variables.matching("NAME", "x"::equals, "x")).isNull();
    assertThat(variables.required("NAME", "x"::equals, "x")).isEmpty();
    assertThat(variables.problems()).containsExactly("NAME must be x", "NAME must be x");
  }

  @Test
  void oneThatIsNotSetIsNotWrong() {
    var variables = of("");
    assertThat(variables.matching("NAME", _ -> false, "x")).isNull();
    assertThat(variables.problems()).isEmpty();
  }

  @Test
  void aDurationHasADefault() {
    assertThat(of("").duration("NAME", Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(5));
    assertThat(of("90s").duration("NAME", Duration.ZERO)).isEqualTo(Duration.ofSeconds(90));
    var wrong = of("soon");
    assertThat(wrong.duration("NAME", Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(5));
    assertThat(wrong.problems()).containsExactly("NAME must be a duration like 90s, 30m or 1h30m");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "5432, 5432", "65535, 65535", "00080, 80"})
  void aPortIsANumber(String text, int port) {
    assertThat(of(text).port("NAME")).isEqualTo(port);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "99999", "-1", "+1", "1.0", "x", " 1", "123456", "٣"})
  void aPortIsNothingElse(String text) {
    var variables = of(text);
    assertThat(variables.port("NAME")).isNull();
    assertThat(variables.problems()).containsExactly("NAME must be a port, 1 to 65535");
  }
}
