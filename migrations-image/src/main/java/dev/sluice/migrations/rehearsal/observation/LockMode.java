package dev.sluice.migrations.rehearsal.observation;

/** PostgreSQL's table locks, the weakest first. */
public enum LockMode {
  ACCESS_SHARE,
  ROW_SHARE,
  ROW_EXCLUSIVE,
  SHARE_UPDATE_EXCLUSIVE,
  SHARE,
  SHARE_ROW_EXCLUSIVE,
  EXCLUSIVE,
  ACCESS_EXCLUSIVE;

  private static final LockMode[] BY_STRENGTH = values();

  /** Counted from 1, as the server's own lock numbers are. */
  static LockMode ofStrength(int strength) {
    return BY_STRENGTH[strength - 1];
  }

  /** Whether whoever inserts, updates or deletes has to wait for it. */
  public boolean blocksWrites() {
    return compareTo(SHARE) >= 0;
  }

  /** Whether a plain SELECT has to wait for it. */
  public boolean blocksReads() {
    return this == ACCESS_EXCLUSIVE;
  }

  boolean isStrongerThan(LockMode other) {
    return compareTo(other) > 0;
  }

  /** As in PostgreSQL's documentation. */
  @Override
  public String toString() {
    return name().replace('_', ' ');
  }
}
