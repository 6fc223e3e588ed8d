package dev.sluice.migrations.engine;

import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import java.util.List;
import java.util.Optional;

/** The database has migrations that come after all of the changelog, as after a step back. */
public final class DatabaseAhead {
  private DatabaseAhead() {}

  /** Why nothing runs, where the policy says so; {@code applied} are their names. */
  public static Optional<Failure> refused(List<String> applied, FolderPolicy policy) {
    return policy.aheadAllowed() || applied.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Failure.of(Reason.DATABASE_AHEAD, remark(applied.getFirst()) + more(applied.size()))
                .in(applied.getFirst(), null)
                .hint("use an image that has it, or set policy.databaseAhead: Allow"));
  }

  static String remark(String name) {
    return name + " is applied, but isn't in the changelog: the database is ahead of it";
  }

  private static String more(int count) {
    return count == 1 ? "" : ", and so with " + (count - 1) + " more";
  }
}
