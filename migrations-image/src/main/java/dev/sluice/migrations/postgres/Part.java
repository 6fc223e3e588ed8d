package dev.sluice.migrations.postgres;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One statement, without its semicolon, of several that are sent at once. */
public record Part(String sql, List<@Nullable Object> parameters) {
  static final Part BEGIN = of("begin");
  static final Part COMMIT = of("commit");

  public Part {
    parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
  }

  static Part of(String sql, @Nullable Object... parameters) {
    return new Part(sql.strip(), Arrays.asList(parameters));
  }
}
