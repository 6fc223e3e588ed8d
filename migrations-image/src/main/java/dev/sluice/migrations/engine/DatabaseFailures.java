package dev.sluice.migrations.engine;

import dev.sluice.migrations.database.DatabaseProblem;
import dev.sluice.migrations.postgres.Ledger;
import dev.sluice.migrations.postgres.ServerError;
import dev.sluice.migrations.postgres.TableName;
import dev.sluice.migrations.report.Exit;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import org.jspecify.annotations.Nullable;

/** Translates what the database said into the words of the report. */
public final class DatabaseFailures {
  private static final String NO_SUCH_DATABASE = "3D000";

  private DatabaseFailures() {}

  public static Failure of(DatabaseProblem trouble) {
    var failure =
        Failure.of(reason(trouble.kind()), trouble.message()).sqlState(trouble.sqlState());
    var state = trouble.sqlState();
    var mayPass =
        trouble.kind() == DatabaseProblem.Kind.FAILED
            && state != null
            && new ServerError(state, "").mayPass();
    var hint =
        NO_SUCH_DATABASE.equals(state)
            ? "create the database, or see database.name"
            : trouble.kind() == DatabaseProblem.Kind.FAILED
                ? StateHints.ofOwn(state)
                : hint(trouble.kind());
    return (mayPass ? failure.exit(Exit.TRANSIENT) : failure).hint(hint);
  }

  public static Failure of(ServerError said) {
    return Failure.of(Reason.DATABASE_FAILED, said.message())
        .sqlState(said.sqlState())
        .exit(said.mayPass() ? Exit.TRANSIENT : Exit.PERMANENT)
        .hint(said.hint() == null ? StateHints.ofOwn(said.sqlState()) : said.hint());
  }

  /** A statement of the changelog's failed. */
  public static Failure ofChangeSet(ServerError said) {
    if (said.isCopyWithoutData()) {
      return Failure.of(Reason.CHANGE_SET_FAILED, "COPY FROM STDIN has no data behind it")
          .sqlState(said.sqlState())
          .hint("write the rows as INSERT, or load them from a file (Liquibase: loadData)");
    }
    return Failure.of(Reason.CHANGE_SET_FAILED, said.message())
        .sqlState(said.sqlState())
        .exit(said.mayPass() ? Exit.TRANSIENT : Exit.PERMANENT)
        .hint(said.hint() == null ? StateHints.ofChangeSet(said) : said.hint());
  }

  /** {@code by}: what released it, as far as that is known. */
  public static Failure lockLost(String by) {
    return Failure.of(Reason.LOCK_LOST, "the lock of this run is gone: " + by + " released it")
        .hint(
            "take pg_advisory_unlock_all() and DISCARD ALL out of the changelog; the next run goes"
                + " on where this one ended");
  }

  /**
   * A changeset drops the ledger; what it did in a transaction is rolled back, and that with it.
   */
  static Failure ledgerDropped(Ledger ledger, Failure said) {
    return said.message(
            "it drops the ledger in which it would be entered, %s.%s: %s"
                .formatted(ledger.schema(), ledger.table(), said.message()))
        .hint(
            "take out what drops it, or keep the ledger elsewhere: changelog.ledger.schema or"
                + " changelog.ledger.table");
  }

  /** {@code field} may name another schema than this one. */
  public static Failure noSchema(TableName ledger, String field) {
    var schema = ledger.schema();
    var message =
        schema == null
            ? "the session has no current schema: none of its search_path exists"
            : "there is no schema \"" + schema + "\" for the ledger";
    return Failure.of(Reason.CONFIGURATION_INVALID, message)
        .hint("name another schema in " + field + ", or create it");
  }

  private static Reason reason(DatabaseProblem.Kind kind) {
    return switch (kind) {
      case CONFIGURATION -> Reason.CONFIGURATION_INVALID;
      case SECRET_KEY -> Reason.SECRET_KEY_MISSING;
      case SECRET_INVALID -> Reason.SECRET_INVALID;
      case SECRET_REFUSED, NO_IDENTITY, SECRET_UNAVAILABLE -> Reason.SECRET_UNREADABLE;
      case TLS -> Reason.TLS_FAILED;
      case AUTHENTICATION -> Reason.AUTHENTICATION_FAILED;
      case ROLE -> Reason.ROLE_DENIED;
      case POOLER -> Reason.POOLER_REFUSED;
      case UNREACHABLE -> Reason.DATABASE_UNREACHABLE;
      case LOCK_HELD -> Reason.LOCK_HELD;
      case FAILED -> Reason.DATABASE_FAILED;
    };
  }

  private static @Nullable String hint(DatabaseProblem.Kind kind) {
    return switch (kind) {
      case CONFIGURATION -> "name another schema in changelog.ledger.schema, or create it";
      case SECRET_KEY -> "name the right keys in database.credentials.secret";
      case SECRET_INVALID -> "mend the secret, or give the missing part in spec.database";
      case SECRET_REFUSED -> "the pod's ServiceAccount needs secretsmanager:GetSecretValue on it";
      case NO_IDENTITY ->
          "see pod.serviceAccountName: its annotation eks.amazonaws.com/role-arn (IRSA), or its"
              + " association of Pod Identity; a pod made after that has it";
      case SECRET_UNAVAILABLE ->
          "see whether the pod has an identity (Pod Identity or IRSA) and can reach AWS";
      case TLS -> "see spec.database.tls: mode, and ca for a CA that isn't Amazon's or public";
      case AUTHENTICATION ->
          "see user name and password in the secret, and the server's pg_hba.conf";
      case ROLE -> "create the role in session.role, or grant it to the user that connects";
      case POOLER -> "name the server itself in database.host, or a pooler in session mode";
      case UNREACHABLE -> "see database.host and port, network policies and security groups";
      case LOCK_HELD -> "when nobody runs migrations, clear Liquibase's lock: locked = false";
      case FAILED -> null;
    };
  }
}
