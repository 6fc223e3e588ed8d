package dev.sluice.migrations.postgres;

import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/**
 * A failure in the server's own primary sentence, or in pgjdbc's when the server said nothing;
 * without detail, hint and context, which may hold rows and statements.
 */
public record ServerError(String sqlState, String message) {
  private static final int DEEPEST = 20;

  public static Optional<ServerError> in(@Nullable Throwable thrown) {
    var cause = thrown;
    for (var depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof SQLException sql) {
        return Optional.of(of(sql));
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  /** The first along its causes that the database threw, or it in the form of one. */
  public static SQLException thrown(Throwable thrown) {
    var cause = thrown;
    for (var depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
      cause = cause.getCause();
    }
    return new SQLException(thrown);
  }

  static ServerError of(SQLException thrown) {
    var state = Objects.requireNonNullElse(thrown.getSQLState(), "");
    if (thrown instanceof PSQLException postgres && postgres.getServerErrorMessage() != null) {
      var said = postgres.getServerErrorMessage().getMessage();
      return new ServerError(state, Objects.requireNonNullElse(said, "no message"));
    }
    return new ServerError(state, drivers(thrown));
  }

  /** pgjdbc says no more than "The connection attempt failed": the cause says why. */
  private static String drivers(SQLException thrown) {
    return switch (thrown.getCause()) {
      case UnknownHostException unknown -> "unknown host " + unknown.getMessage();
      case SocketTimeoutException _ -> "no answer in time";
      case null, default -> Objects.requireNonNullElse(thrown.getMessage(), "no message").strip();
    };
  }

  public boolean mayPass() {
    return SqlStates.mayPass(sqlState);
  }
}
