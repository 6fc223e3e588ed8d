package dev.sluice.migrations.postgres;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One statement, without its semicolon, of several that are sent at once. */
public record SqlPart(String sql, List<@Nullable Object> parameters) {
  static final SqlPart BEGIN = of("begin");
  static final SqlPart COMMIT = of("commit");

  public SqlPart {
    parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
  }

  static SqlPart of(String sql, @Nullable Object... parameters) {
    return new SqlPart(sql.strip(), Arrays.asList(parameters));
  }
}
