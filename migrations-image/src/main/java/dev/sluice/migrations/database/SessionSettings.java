package dev.sluice.migrations.database;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What every statement of the run is subject to; zero means no limit. */
public record SessionSettings(
    @Nullable String role, Duration lockTimeout, Duration statementTimeout) {
  public static final SessionSettings DEFAULT =
      new SessionSettings(null, Duration.ofSeconds(10), Duration.ZERO);
}
