package dev.sluice.migrations.engine;

import dev.sluice.migrations.database.Attempt;
import dev.sluice.migrations.database.ServerError;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.database.Trouble;
import dev.sluice.migrations.report.Exit;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Translates what the database said into the words of the report. */
final class Failures {
  private static final String NO_SUCH_DATABASE = "3D000";

  private Failures() {}

  /** What was got, or the report's words for why not. */
  static <T, R> R fold(Attempt<T> attempt, Function<T, R> got, Function<Failure, R> failed) {
    return attempt.fold(
        got,
        trouble -> failed.apply(of(trouble)),
        (cause, trouble) -> failed.apply(stopped(cause, trouble)));
  }

  static Failure of(Trouble trouble) {
    var failure =
        Failure.of(reason(trouble.kind()), trouble.message()).sqlState(trouble.sqlState());
    var state = trouble.sqlState();
    var mayPass =
        trouble.kind() == Trouble.Kind.FAILED
            && state != null
            && new ServerError(state, "").mayPass();
    var hint =
        NO_SUCH_DATABASE.equals(state)
            ? "create the database, or see database.name"
            : hint(trouble.kind());
    return (mayPass ? failure.exit(Exit.TRANSIENT) : failure).hint(hint);
  }

  static Failure of(ServerError said) {
    return Failure.of(Reason.DATABASE_FAILED, said.message())
        .sqlState(said.sqlState())
        .exit(said.mayPass() ? Exit.TRANSIENT : Exit.PERMANENT);
  }

  /** {@code field} may name another schema than this one. */
  static Failure noSchema(@Nullable String schema, String field) {
    var message =
        schema == null
            ? "the session has no current schema: none of its search_path exists"
            : "there is no schema \"" + schema + "\" for the ledger";
    return Failure.of(Reason.CONFIGURATION_INVALID, message)
        .hint("name another schema in " + field + ", or create it");
  }

  /** The deadline or a signal came while it was waited for something. */
  private static Failure stopped(Stop.Cause cause, Trouble waitedFor) {
    return switch (cause) {
      case SIGNAL -> interrupted("while waiting: " + waitedFor.message());
      case DEADLINE -> of(waitedFor).exit(Exit.WAITED);
    };
  }

  /** The deadline or a signal came while something ran. */
  static Failure stopped(Stop.Cause cause, String during) {
    return switch (cause) {
      case SIGNAL -> interrupted(during);
      case DEADLINE ->
          Failure.of(Reason.DEADLINE_EXCEEDED, "the deadline of this run came " + during)
              .hint("give run.deadline more time, or split the changeset");
    };
  }

  private static Failure interrupted(String during) {
    return Failure.of(Reason.INTERRUPTED, "SIGTERM " + during);
  }

  private static Reason reason(Trouble.Kind kind) {
    return switch (kind) {
      case CONFIGURATION -> Reason.CONFIGURATION_INVALID;
      case SECRET_KEY -> Reason.SECRET_KEY_MISSING;
      case SECRET_INVALID -> Reason.SECRET_INVALID;
      case SECRET_REFUSED, SECRET_UNAVAILABLE -> Reason.SECRET_UNREADABLE;
      case TLS -> Reason.TLS_FAILED;
      case AUTHENTICATION -> Reason.AUTHENTICATION_FAILED;
      case ROLE -> Reason.ROLE_DENIED;
      case POOLER -> Reason.POOLER_REFUSED;
      case UNREACHABLE -> Reason.DATABASE_UNREACHABLE;
      case LOCK_HELD -> Reason.LOCK_HELD;
      case FAILED -> Reason.DATABASE_FAILED;
    };
  }

  private static String hint(Trouble.Kind kind) {
    return switch (kind) {
      case CONFIGURATION -> "name another schema in changelog.ledger.schema, or create it";
      case SECRET_KEY -> "name the right keys in database.credentials.secret";
      case SECRET_INVALID -> "mend the secret, or give the missing part in spec.database";
      case SECRET_REFUSED -> "the pod's ServiceAccount needs secretsmanager:GetSecretValue on it";
      case SECRET_UNAVAILABLE ->
          "see whether the pod has an identity (Pod Identity or IRSA) and can reach AWS";
      case TLS -> "see spec.database.tls: mode, and ca for a CA that isn't Amazon's or public";
      case AUTHENTICATION ->
          "see user name and password in the secret, and the server's pg_hba.conf";
      case ROLE -> "create the role in session.role, or grant it to the user that connects";
      case POOLER -> "name the server itself in database.host, or a pooler in session mode";
      case UNREACHABLE -> "see database.host and port, network policies and security groups";
      case LOCK_HELD -> "when nobody runs migrations, clear Liquibase's lock: locked = false";
      case FAILED -> "see the rights of the user that connects";
    };
  }
}
