package dev.sluice.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import java.io.Serializable;
import java.time.Duration;

/** How long and how often a migration is tried. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunSettings(
    @JsonPropertyDescription(
            "How long to go on for one version of this spec, waiting for the database, a Secret or"
                + " a lock and all attempts included, 10s to 24h. Default: 30m.")
        @GoDuration.Text
        Duration deadline,
    @JsonPropertyDescription(
            "How many failures that may pass by themselves are tried, 1 to 100; waiting isn't"
                + " counted. Default: 5.")
        @Min(1)
        @Max(100)
        int attempts,
    @JsonPropertyDescription("The pause before the next attempt.") Backoff backoff,
    @JsonPropertyDescription(
            "How many Jobs of successful runs to keep with their logs, 0 to 20; the latest failed"
                + " one is always kept. Default: 3.")
        @Min(0)
        @Max(20)
        Integer keep)
    implements Serializable {

  public static final RunSettings DEFAULT =
      new RunSettings(Duration.ofMinutes(30), 5, Backoff.DEFAULT, 3);

  public RunSettings {
    deadline = deadline == null ? Duration.ofMinutes(30) : deadline;
    attempts = attempts == 0 ? 5 : attempts;
    backoff = backoff == null ? Backoff.DEFAULT : backoff;
    keep = keep == null ? 3 : keep;
  }

  /** Doubles from {@code initial} to {@code max}. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Backoff(
      @JsonPropertyDescription(
              "Pause after the first failed attempt, doubled after each further one, 1s to 1h."
                  + " Default: 10s.")
          @GoDuration.Text
          Duration initial,
      @JsonPropertyDescription("The longest pause, 1s to 6h. Default: 5m.") @GoDuration.Text
          Duration max)
      implements Serializable {
    public static final Backoff DEFAULT =
        new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(5));

    public Backoff {
      initial = initial == null ? Duration.ofSeconds(10) : initial;
      max = max == null ? Duration.ofMinutes(5) : max;
    }
  }
}
