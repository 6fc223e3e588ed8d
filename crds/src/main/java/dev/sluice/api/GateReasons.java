package dev.sluice.api;

import java.util.List;

/** Reasons of events; docs/gate.md has a line of meaning and of remedy for each. */
public final class GateReasons {
  public static final String OPENED = "MigrationGateOpened";
  public static final String WAITING = "WaitingForMigration";
  public static final String STALLED = "MigrationStalled";
  public static final String SUSPENDED = "MigrationSuspended";
  public static final String MISSING = "MigrationMissing";
  public static final String NOT_WANTED = "RevisionNotWanted";
  public static final String REQUIREMENT_INVALID = "RequirementInvalid";

  public static final String OPENING_REFUSED = "GateOpeningRefused";

  /** The pod requires revisions, and has no gate that would hold it, or a misspelt one. */
  public static final String GATE_MISSING = "GateMissing";

  /** On the Deployment, not on a pod. */
  public static final String OLD_PODS_AT_RISK = "OldPodsAtRisk";

  /** Why a pod waits. */
  public static final List<String> CLOSED =
      List.of(
          WAITING, SUSPENDED, STALLED, MISSING, NOT_WANTED, REQUIREMENT_INVALID, OPENING_REFUSED);

  private GateReasons() {}
}
