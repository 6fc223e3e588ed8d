package dev.sluice.operator.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.DatabaseMigrationStatus.Plan;
import dev.sluice.api.LastRun.Failure;
import dev.sluice.operator.observation.Adoption;
import dev.sluice.operator.observation.TerminationReport;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReportReadingTest {
  @Test
  void readsAReport() {
    var report =
        ReportReading.read(
            """
            {"outcome": "Failed", "revision": "1", "applied": 2, "appliedChangeSets": ["a::1::ann"], "total": 12,
             "pending": 3, "skipped": 1, "revisions": ["1.42.0"], "more": {"unknown": true},
             "failure": {"reason": "ChangeSetFailed", "changeSet": "a::2::ann", "file": "a", "line": 7, "statement": 2,
                         "statements": 3, "sqlState": "42P07",
                         "message": "relation exists", "hint": "drop it"}}
            """);

    assertThat(report.applied()).isEqualTo(2);
    assertThat(report.total()).isEqualTo(12);
    assertThat(report.revisions()).containsExactly("1.42.0");
    assertThat(report.failure())
        .isEqualTo(
            new Failure(
                "ChangeSetFailed", "a::2::ann", "a", 7, 2, "42P07", "relation exists", "drop it"));
  }

  @Test
  void ofAMessageThatIsCutOffWhatIsWholeCounts() {
    var whole =
        "{\"failure\":{\"reason\":\"X\",\"line\":12,\"message\":\"no\"},\"applied\":12,"
            + "\"revisions\":[\"1.1\",\"1.0\"]}";
    for (var length = 0; length <= whole.length(); length++) {
      var report = ReportReading.read(whole.substring(0, length));
      assertThat(Optional.ofNullable(report.applied())).isIn(Optional.empty(), Optional.of(12));
      assertThat(report.revisions()).isSubsetOf("1.1", "1.0");
      if (report.failure() != null) {
        assertThat(Objects.requireNonNullElse(report.failure().line(), 12)).isEqualTo(12);
        assertThat(Objects.requireNonNullElse(report.failure().message(), "no")).isEqualTo("no");
      }
      if (length > whole.indexOf("revisions")) {
        assertThat(report.applied()).isEqualTo(12);
        assertThat(report.failure())
            .isEqualTo(new Failure("X", null, null, 12, null, null, "no", null));
      }
    }
  }

  @Test
  void aPlaceThatIsNoneIsLeftOut() {
    var report =
        ReportReading.read("{\"failure\": {\"reason\": \"X\", \"line\": 0, \"statement\": \"2\"}}");

    assertThat(report.failure()).isEqualTo(new Failure("X", null, null, null, null, null));
  }

  @Test
  void readsAPlan() {
    var digest = "0f".repeat(32);
    var report =
        ReportReading.read("{\"plan\": {\"digest\": \"%s\", \"changeSets\": 3}}".formatted(digest));

    assertThat(report.plan()).isEqualTo(new Plan(digest, 3, null));
  }

  @Test
  void readsWhatWasEnteredWithoutRunning() {
    var report =
        ReportReading.read(
            """
            {"adopted": 12, "adoptedFrom": "drizzle.__drizzle_migrations", "baselined": 3,
             "failure": {"reason": "OutOfOrder"}}
            """);

    assertThat(report.adoption()).isEqualTo(new Adoption(12, "drizzle.__drizzle_migrations"));
    assertThat(report.baselined()).isEqualTo(3);
  }

  @Test
  void nonsenseAboutItIsLeftOutAlone() {
    var report =
        ReportReading.read(
            "{\"applied\": 2, \"adopted\": -12, \"adoptedFrom\": \"t\", \"baselined\": 1e9}");

    assertThat(report.applied()).isEqualTo(2);
    assertThat(report.adoption()).isNull();
    assertThat(report.baselined()).isNull();
  }

  @Test
  void theNameOfATableIsCleanedAndBounded() {
    var report =
        ReportReading.read("{\"adopted\": 1, \"adoptedFrom\": \"a\\nb" + "c".repeat(900) + "\"}");

    assertThat(report.adoption())
        .extracting(Adoption::table)
        .asString()
        .startsWith("a bc")
        .hasSizeLessThanOrEqualTo(131);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "12",
        "\"text\"",
        "not json",
        "{",
        "{\"applied\":",
        "\u0000",
        "\uD83D",
        "{\"a\":1}}}",
        "[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]",
        "{\"applied\": 99999999999999999999999999999999999999999999}",
        "{\"applied\": -1, \"total\": 1e99, \"pending\": \"2\", \"revisions\": \"x\", \"failure\":"
            + " 7}",
        "{\"failure\": {\"reason\": \"not a reason\"}}",
        "{\"plan\": 5}",
        "{\"adopted\": 12}",
        "{\"adoptedFrom\": \"t\"}",
        "{\"adopted\": 12, \"adoptedFrom\": \" \\u0000\"}",
        "{\"adopted\": 12, \"adoptedFrom\": 7}",
        "{\"adopted\": 0, \"adoptedFrom\": \"t\", \"baselined\": 0}",
        "{\"adopted\": \"12\", \"adoptedFrom\": \"t\", \"baselined\": \"3\"}",
        "{\"adopted\": 1.5, \"adoptedFrom\": \"t\", \"baselined\": null}",
        "{\"adopted\": 100001, \"adoptedFrom\": \"t\", \"baselined\": 2147483647}",
        "{\"adopted\": 9999999999, \"adoptedFrom\": \"t\", \"baselined\": -1}",
        "{\"plan\": {\"digest\": \"abc; kubectl delete\", \"changeSets\": 3}}",
        "{\"plan\": {\"changeSets\": 3}}",
        "{\"revisions\": [\"../../etc\", \"\", 5, null, \"-\"]}"
      })
  void whatIsNoReportIsNone(String message) {
    assertThat(ReportReading.read(message)).isEqualTo(TerminationReport.NONE);
  }

  @Test
  void aMessageThatIsTooLongIsNone() {
    assertThat(ReportReading.read("{\"applied\": 1, \"x\": \"" + "y".repeat(10_000) + "\"}"))
        .isEqualTo(TerminationReport.NONE);
  }

  @Test
  void ofDuplicateKeysTheLastCounts() {
    assertThat(ReportReading.read("{\"applied\": 1, \"applied\": 2}").applied()).isEqualTo(2);
  }

  @Test
  void textIsCleanedAndBounded() {
    var report =
        ReportReading.read(
            "{\"failure\": {\"reason\": \"X\", \"message\": \"a\\u0000b\\nc"
                + "d".repeat(900)
                + "\"}}");

    assertThat(report.failure()).isNotNull();
    assertThat(report.failure())
        .extracting(Failure::message)
        .asString()
        .startsWith("a b cd")
        .hasSizeLessThanOrEqualTo(500);
  }
}
