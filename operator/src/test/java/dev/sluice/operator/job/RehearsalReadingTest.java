package dev.sluice.operator.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.RehearsalReport;
import dev.sluice.api.RehearsalReport.Result;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a report says of the rehearsal; the rest of it is read whatever that is. */
final class RehearsalReadingTest {
  @Test
  void readsAllOfIt() {
    assertThat(
            read(
                """
                {"result": "Partial", "seconds": 1.2, "postgres": "17.11", "stubs": ["aws_s3"],
                 "skipped": ["0003_x: COPY PROGRAM reaches outside"], "warning": "a part", "more": {}}
                """))
        .isEqualTo(
            new RehearsalReport(
                Result.Partial,
                1.2,
                "17.11",
                List.of("aws_s3"),
                List.of("0003_x: COPY PROGRAM reaches outside"),
                "a part"));
  }

  @Test
  void theResultIsEnough() {
    assertThat(read("{\"result\": \"Passed\"}"))
        .isEqualTo(new RehearsalReport(Result.Passed, null, null, List.of(), List.of(), null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "7",
        "\"Passed\"",
        "[]",
        "{}",
        "{\"result\": \"passed\"}",
        "{\"result\": \"Rehearsed\", \"seconds\": 1}",
        "{\"result\": 3}",
        "{\"result\": {\"result\": \"Passed\"}}"
      })
  void withoutAResultThatIsKnownThereIsNone(String json) {
    assertThat(read(json)).isNull();
  }

  @Test
  void nonsenseInAPartLeavesTheOthers() {
    assertThat(
            read(
                """
                {"result": "Failed", "seconds": "1", "postgres": {}, "stubs": "aws_s3",
                 "skipped": [1, null, {}, "", "a: b"], "warning": ["x"]}
                """))
        .isEqualTo(
            new RehearsalReport(Result.Failed, null, null, List.of(), List.of("a: b"), null));
  }

  @ParameterizedTest
  @CsvSource({"0, 0.0", "3, 3.0", "1.25, 1.3", "0.04, 0.0", "86400, 86400.0"})
  void secondsHaveOneDecimal(String reported, double seconds) {
    assertThat(seconds(reported)).isEqualTo(seconds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "86400.1", "1e99", "true", "null"})
  void secondsThatNoRunTakesAreLeftOut(String reported) {
    assertThat(seconds(reported)).isNull();
  }

  @Test
  void textIsCleanedAndBounded() {
    var many = String.join(",", Collections.nCopies(30, "\"a\\nb" + "c".repeat(70) + "\""));
    var report =
        Objects.requireNonNull(
            read(
                "{\"result\": \"Passed\", \"stubs\": [%s], \"postgres\": \"%s\", \"warning\": \"x\\u0000%s\"}"
                    .formatted(many, "1".repeat(99), "y".repeat(700))));

    assertThat(report.stubs())
        .hasSize(RehearsalReport.MOST_ENTRIES)
        .allSatisfy(stub ->
            assertThat(stub)
                .startsWith("a bc")
                .hasSizeLessThanOrEqualTo(RehearsalReport.LONGEST_STUB));
    assertThat(report.postgres()).hasSizeLessThanOrEqualTo(RehearsalReport.LONGEST_VERSION);
    assertThat(report.warning())
        .startsWith("x y")
        .hasSizeLessThanOrEqualTo(RehearsalReport.LONGEST_WARNING);
  }

  private static @Nullable Double seconds(String reported) {
    return Objects.requireNonNull(
            read("{\"result\": \"Passed\", \"seconds\": %s}".formatted(reported)))
        .seconds();
  }

  private static @Nullable RehearsalReport read(String rehearsal) {
    var report = ReportReading.read("{\"applied\": 2, \"rehearsal\": %s}".formatted(rehearsal));
    assertThat(report.applied()).isEqualTo(2);
    return report.rehearsal();
  }
}
