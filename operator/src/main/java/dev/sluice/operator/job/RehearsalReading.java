package dev.sluice.operator.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.api.RehearsalReport;
import dev.sluice.api.RehearsalReport.Result;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what a report says of the rehearsal. */
final class RehearsalReading {
  private RehearsalReading() {}

  /** Null: nothing, or no result that is known. */
  static @Nullable RehearsalReport read(JsonNode json) {
    return result(json.path("result"))
        .map(result ->
            new RehearsalReport(
                result,
                seconds(json.path("seconds")),
                BoundedText.of(json.path("postgres"), RehearsalReport.LONGEST_VERSION),
                BoundedText.list(
                    json.path("stubs"), RehearsalReport.MOST_ENTRIES, RehearsalReport.LONGEST_STUB),
                BoundedText.list(
                    json.path("skipped"),
                    RehearsalReport.MOST_ENTRIES,
                    RehearsalReport.LONGEST_SKIPPED),
                BoundedText.of(json.path("warning"), RehearsalReport.LONGEST_WARNING)))
        .orElse(null);
  }

  private static Optional<Result> result(JsonNode json) {
    return Arrays.stream(Result.values())
        .filter(result -> result.name().equals(json.textValue()))
        .findFirst();
  }

  /** With one decimal, so that the status is the same however it was written. */
  private static @Nullable Double seconds(JsonNode json) {
    var seconds = json.isNumber() ? json.doubleValue() : -1;
    return seconds >= 0 && seconds <= RehearsalReport.MOST_SECONDS
        ? Double.valueOf(Math.round(seconds * 10) / 10.0)
        : null;
  }
}
