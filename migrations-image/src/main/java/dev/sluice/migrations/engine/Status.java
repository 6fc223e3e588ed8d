package dev.sluice.migrations.engine;

import dev.sluice.migrations.report.Failure;
import java.util.List;

/** How a database stands to a changelog. */
public sealed interface Status {
  record Known(int total, List<String> pending) implements Status {
    public Known {
      pending = List.copyOf(pending);
    }

    public int applied() {
      return total - pending.size();
    }
  }

  record Unknown(Failure failure) implements Status {}
}
