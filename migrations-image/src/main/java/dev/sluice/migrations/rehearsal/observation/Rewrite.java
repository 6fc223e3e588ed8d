package dev.sluice.migrations.rehearsal.observation;

import java.util.Set;

/** A table that was written anew, all of it. */
public record Rewrite(TableName table, Set<RewriteReason> reasons) {
  public Rewrite {
    reasons = Set.copyOf(reasons);
  }
}
