package dev.sluice.operator.gate;

import java.util.List;

/** Reasons of events; docs/gate.md has a line of meaning and of remedy for each. */
final class GateReasons {
  static final String OPENED = "MigrationGateOpened";
  static final String WAITING = "WaitingForMigration";
  static final String STALLED = "MigrationStalled";
  static final String SUSPENDED = "MigrationSuspended";
  static final String MISSING = "MigrationMissing";
  static final String NOT_WANTED = "RevisionNotWanted";
  static final String REQUIREMENT_INVALID = "RequirementInvalid";

  /** On the Deployment, not on a pod. */
  static final String OLD_PODS_AT_RISK = "OldPodsAtRisk";

  /** Why a pod waits. */
  static final List<String> CLOSED =
      List.of(WAITING, SUSPENDED, STALLED, MISSING, NOT_WANTED, REQUIREMENT_INVALID);

  private GateReasons() {}
}
