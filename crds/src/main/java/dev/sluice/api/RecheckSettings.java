package dev.sluice.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.io.Serializable;
import java.time.Duration;

/** Whether, and how often, to look again at a database that has the revision. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RecheckSettings(
    @JsonPropertyDescription(
            "How long after the latest run or recheck the next recheck starts, 1m to 720h; up to a"
                + " tenth longer, so that many don't start at once. A recheck is a run: what it"
                + " finds missing it applies. 0s: never. Default: 0s.")
        @GoDuration.Text
        Duration interval)
    implements Serializable {

  public static final RecheckSettings DEFAULT = new RecheckSettings(Duration.ZERO);

  public RecheckSettings {
    interval = interval == null ? Duration.ZERO : interval;
  }
}
