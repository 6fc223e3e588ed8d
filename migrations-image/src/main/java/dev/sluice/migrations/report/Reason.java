package dev.sluice.migrations.report;

/** Why a run failed: API, one line of meaning each in the run contract. */
public enum Reason {
  CHANGE_SET_FAILED("ChangeSetFailed", Exit.PERMANENT),
  PRECONDITION_FAILED("PreconditionFailed", Exit.PERMANENT),
  CHECKSUM_MISMATCH("ChecksumMismatch", Exit.PERMANENT),
  MIGRATION_MISSING("MigrationMissing", Exit.PERMANENT),
  HALF_APPLIED("HalfApplied", Exit.PERMANENT),
  OUT_OF_ORDER("OutOfOrder", Exit.REFUSED),
  DATABASE_AHEAD("DatabaseAhead", Exit.REFUSED),
  REHEARSAL_FAILED("RehearsalFailed", Exit.REFUSED),
  APPROVAL_REQUIRED("ApprovalRequired", Exit.REFUSED),
  LEDGER_ELSEWHERE("LedgerElsewhere", Exit.REFUSED),
  LEDGER_PATH_DIFFERS("LedgerPathDiffers", Exit.REFUSED),
  FOREIGN_HISTORY("ForeignHistory", Exit.REFUSED),
  ADOPTION_UNCLEAR("AdoptionUnclear", Exit.REFUSED),
  BASELINE_REFUSED("BaselineRefused", Exit.REFUSED),
  LEDGER_DIFFERS("LedgerDiffers", Exit.PERMANENT),
  STILL_PENDING("StillPending", Exit.PERMANENT),
  DATABASE_FAILED("DatabaseFailed", Exit.PERMANENT),
  CHANGELOG_MISSING("ChangelogMissing", Exit.CONFIGURATION),
  CHANGELOG_INVALID("ChangelogInvalid", Exit.CONFIGURATION),
  SECRET_KEY_MISSING("SecretKeyMissing", Exit.CONFIGURATION),
  SECRET_INVALID("SecretInvalid", Exit.CONFIGURATION),
  SECRET_UNREADABLE("SecretUnreadable", Exit.CONFIGURATION),
  TLS_FAILED("TlsFailed", Exit.CONFIGURATION),
  CONFIGURATION_INVALID("ConfigurationInvalid", Exit.CONFIGURATION),
  ROLE_DENIED("RoleDenied", Exit.CONFIGURATION),
  POOLER_REFUSED("PoolerRefused", Exit.CONFIGURATION),
  AUTHENTICATION_FAILED("AuthenticationFailed", Exit.CONFIGURATION),
  DATABASE_UNREACHABLE("DatabaseUnreachable", Exit.WAITED),
  LOCK_HELD("LockHeld", Exit.WAITED),
  LOCK_LOST("LockLost", Exit.TRANSIENT),
  DEADLINE_EXCEEDED("DeadlineExceeded", Exit.WAITED),
  INTERRUPTED("Interrupted", Exit.WAITED),
  OUT_OF_MEMORY("OutOfMemory", Exit.CONFIGURATION),
  INTERNAL("Internal", Exit.PERMANENT);

  private final String label;
  private final Exit usualExit;

  Reason(String label, Exit usualExit) {
    this.label = label;
    this.usualExit = usualExit;
  }

  public String label() {
    return label;
  }

  public Exit usualExit() {
    return usualExit;
  }
}
