package dev.sluice.operator.gate;

/** Reasons of events on pods; the reference has a line of meaning and of remedy for each. */
final class GateReasons {
  static final String OPENED = "MigrationGateOpened";
  static final String WAITING = "WaitingForMigration";
  static final String STALLED = "MigrationStalled";
  static final String SUSPENDED = "MigrationSuspended";
  static final String MISSING = "MigrationMissing";
  static final String NOT_WANTED = "RevisionNotWanted";
  static final String REQUIREMENT_INVALID = "RequirementInvalid";

  private GateReasons() {}
}
