package dev.sluice.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Settings of the session in which the migrations run. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SessionSettings(
    @JsonPropertyDescription(
            "Role that the session takes (SET ROLE), so that it owns what is created. Default: the"
                + " user itself.")
        @Size(min = 1, max = 63)
        @Nullable String role,
    @JsonPropertyDescription(
            "How long a statement waits for a lock of a table before it fails and the run is tried"
                + " again, 0s to 24h; 0s waits for ever. Default: 10s.")
        @GoDuration.Text
        Duration lockTimeout,
    @JsonPropertyDescription(
            "How long one statement may take, 0s to 24h; 0s means no limit. Default: 0s.")
        @GoDuration.Text
        Duration statementTimeout,
    @JsonPropertyDescription(
            "Schemas in which names without one are looked for, the first one takes what is"
                + " created: shop, public. Each as it is written, upper case included. Default: the"
                + " user's or the database's.")
        @Size(min = 1, max = 512)
        @Nullable String searchPath)
    implements Serializable {

  public static final SessionSettings DEFAULT =
      new SessionSettings(null, Duration.ofSeconds(10), Duration.ZERO, null);

  public SessionSettings {
    lockTimeout = lockTimeout == null ? Duration.ofSeconds(10) : lockTimeout;
    statementTimeout = statementTimeout == null ? Duration.ZERO : statementTimeout;
  }
}
