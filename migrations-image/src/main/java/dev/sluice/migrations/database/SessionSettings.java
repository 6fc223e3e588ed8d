package dev.sluice.migrations.database;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every statement of the run is subject to; zero means no limit, and no schemas those of the
 * user.
 */
public record SessionSettings(
    @Nullable String role,
    Duration lockTimeout,
    Duration statementTimeout,
    List<String> searchPath) {
  public static final SessionSettings DEFAULT =
      new SessionSettings(null, Duration.ofSeconds(10), Duration.ZERO, List.of());

  public SessionSettings {
    searchPath = List.copyOf(searchPath);
  }
}
