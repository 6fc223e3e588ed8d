package dev.sluice.migrations.rehearsal.observation;

import java.util.EnumSet;
import java.util.Set;

/** Why ALTER TABLE writes a table anew. */
public enum RewriteReason {
  PERSISTENCE(1),
  COLUMN_DEFAULT(2),
  COLUMN_TYPE(4),
  ACCESS_METHOD(8),
  /** New storage without an event: CLUSTER, REFRESH, VACUUM FULL, another tablespace. */
  UNNAMED(0);

  private final int bit;

  RewriteReason(int bit) {
    this.bit = bit;
  }

  static Set<RewriteReason> of(int bits) {
    var reasons = EnumSet.noneOf(RewriteReason.class);
    for (var reason : values()) {
      if ((bits & reason.bit) != 0) {
        reasons.add(reason);
      }
    }
    return reasons.isEmpty() ? EnumSet.of(UNNAMED) : reasons;
  }
}
