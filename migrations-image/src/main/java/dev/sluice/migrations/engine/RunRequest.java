package dev.sluice.migrations.engine;

import dev.sluice.migrations.credentials.CredentialSource;
import dev.sluice.migrations.plan.PlanApproval;
import dev.sluice.migrations.postgres.RevisionTable;
import dev.sluice.migrations.postgres.TableName;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a run is asked to do.
 *
 * @param ledger the history table; for a check, that of the tool that ran
 * @param history how a run deals with a database that was migrated before
 */
public record RunRequest(
    ConnectionRequest connection,
    Changelog changelog,
    TableName ledger,
    FolderPolicy policy,
    HistoryRequest history,
    PlanApproval approval,
    RehearsalRequest rehearsal,
    RevisionTable.Entry revision) {
  /** Whether it says in which schema the ledger is, as every tenant of a database does. */
  public boolean choosesLedgerSchema() {
    return ledger.schema() != null || !connection.destination().session().searchPath().isEmpty();
  }

  /** Why there is nothing to begin with: the changelog isn't there, or isn't what is meant. */
  public Optional<Failure> missing() {
    var missing = changelog.missing();
    return missing.isPresent() || changelog.isFolder() || !history.isForFolders()
        ? missing
        : Optional.of(
            Failure.of(
                    Reason.CONFIGURATION_INVALID,
                    "adopt, baseline and changelog.history are for folders of Drizzle and Flyway,"
                        + " and "
                        + changelog.path()
                        + " is a changelog of Liquibase")
                .hint("leave them out: Liquibase's history is the ledger itself"));
  }

  /** The same, with all logins read through that. */
  public RunRequest with(UnaryOperator<CredentialSource> watched) {
    return with(connection.with(watched.apply(connection.credentials())), rehearsal.with(watched));
  }

  /** The same for a person who looks on: a database that isn't there is soon given up. */
  public RunRequest impatient() {
    return with(connection.impatient(), rehearsal);
  }

  private RunRequest with(ConnectionRequest otherConnection, RehearsalRequest otherRehearsal) {
    return new RunRequest(
        otherConnection, changelog, ledger, policy, history, approval, otherRehearsal, revision);
  }
}
