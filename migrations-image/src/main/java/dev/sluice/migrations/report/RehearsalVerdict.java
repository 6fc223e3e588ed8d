package dev.sluice.migrations.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of trying the migrations on a database of their own.
 *
 * @param tenths of a second that it took
 * @param postgres the version that it ran on; null when it didn't begin
 * @param stubs extensions that only looked like the real ones
 * @param skipped what wasn't tried, each with its reason
 * @param warning why it isn't a whole answer; null when it is one
 */
public record RehearsalVerdict(
    Result result,
    int tenths,
    @Nullable String postgres,
    List<String> stubs,
    List<String> skipped,
    @Nullable String warning) {
  /** In the words of the report. */
  public enum Result {
    PASSED("Passed"),
    FAILED("Failed"),
    /** A part couldn't be tried, or what the database has already can't be repeated. */
    PARTIAL("Partial"),
    SKIPPED("Skipped");

    private final String label;

    Result(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  public RehearsalVerdict {
    stubs = List.copyOf(stubs);
    skipped = List.copyOf(skipped);
  }

  /** It didn't begin. */
  public static RehearsalVerdict skipped(String why) {
    return new RehearsalVerdict(Result.SKIPPED, 0, null, List.of(), List.of(), why);
  }
}
