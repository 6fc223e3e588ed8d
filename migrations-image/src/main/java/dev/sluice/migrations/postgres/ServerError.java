package dev.sluice.migrations.postgres;

import dev.sluice.migrations.report.ErrorDetail;
import dev.sluice.migrations.report.ErrorWords;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * A failure in the server's own primary sentence, or in pgjdbc's when the server said nothing; with
 * its hint, the names in its detail and the function that it was in. Never what its detail holds of
 * rows, nor a statement or a value that it quotes.
 *
 * @param position the character of what was sent, counted from 1; 0 when the server doesn't say
 */
public record ServerError(String sqlState, String message, @Nullable String hint, int position) {
  private static final int DEEPEST = 20;

  public ServerError(String sqlState, String message) {
    this(sqlState, message, null, 0);
  }

  public static Optional<ServerError> in(@Nullable Throwable thrown) {
    return chain(thrown)
        .filter(SQLException.class::isInstance)
        .findFirst()
        .map(sql -> of((SQLException) sql));
  }

  /** The first along its causes that the database threw, or it in the form of one. */
  public static SQLException thrown(Throwable thrown) {
    return chain(thrown)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .findFirst()
        .orElseGet(() -> new SQLException(thrown));
  }

  static ServerError of(SQLException thrown) {
    return Stream.concat(chain(thrown), chain(thrown.getNextException()))
        .map(ServerError::saidByTheServer)
        .flatMap(Optional::stream)
        .findFirst()
        .map(said -> ofServer(Objects.requireNonNullElse(said.getSQLState(), ""), said))
        .orElseGet(() -> ofDriver(thrown));
  }

  private static Stream<Throwable> chain(@Nullable Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
        .limit(DEEPEST)
        .map(Objects::requireNonNull);
  }

  private static Optional<ServerErrorMessage> saidByTheServer(Throwable thrown) {
    return thrown instanceof PSQLException postgres
        ? Optional.ofNullable(postgres.getServerErrorMessage())
        : Optional.empty();
  }

  private static ServerError ofServer(String state, ServerErrorMessage said) {
    var sentence =
        ErrorWords.ofServer(state, Objects.requireNonNullElse(said.getMessage(), "no message"));
    var context = Objects.requireNonNullElse(said.getWhere(), "");
    var names =
        Optional.ofNullable(said.getDetail())
            .flatMap(detail -> ErrorDetail.of(state, detail, context))
            .map(words -> ": " + words)
            .orElse("");
    var place = ErrorWords.ofContext(context).map(where -> "; in " + where).orElse("");
    return new ServerError(
        state,
        sentence + names + place,
        Optional.ofNullable(said.getHint()).map(ErrorWords::ofHint).orElse(null),
        said.getPosition());
  }

  private static ServerError ofDriver(SQLException thrown) {
    var state = Objects.requireNonNullElse(thrown.getSQLState(), "");
    return new ServerError(state, ErrorWords.ofDriver(state, drivers(thrown)));
  }

  /** pgjdbc says no more than "The connection attempt failed": the cause says why. */
  private static String drivers(SQLException thrown) {
    return switch (thrown.getCause()) {
      case UnknownHostException unknown -> "unknown host " + unknown.getMessage();
      case SocketTimeoutException _ -> "no answer in time";
      case null, default -> Objects.requireNonNullElse(thrown.getMessage(), "no message").strip();
    };
  }

  /** pgjdbc ends so a COPY FROM STDIN that it has no data for; the server repeats its words. */
  public boolean isCopyWithoutData() {
    return sqlState.equals(SqlStates.CANCELLED) && message.contains("CopyManager");
  }

  public boolean mayPass() {
    return SqlStates.mayPass(sqlState);
  }
}
