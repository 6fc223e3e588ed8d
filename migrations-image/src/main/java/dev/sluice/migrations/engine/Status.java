package dev.sluice.migrations.engine;

import dev.sluice.migrations.report.Failure;
import java.util.List;

/** How a database stands to a changelog. */
public sealed interface Status {
  /** {@code pending} are without those that are taken over. */
  record Known(int total, List<String> pending, Takeover takeover) implements Status {
    public Known {
      pending = List.copyOf(pending);
    }

    public int applied() {
      return total - pending.size() - takeover.names().size();
    }
  }

  record Unknown(Failure failure) implements Status {}
}
