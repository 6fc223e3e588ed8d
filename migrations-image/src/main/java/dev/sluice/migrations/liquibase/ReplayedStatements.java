package dev.sluice.migrations.liquibase;

import dev.sluice.migrations.engine.DatabaseFailures;
import dev.sluice.migrations.engine.Replay;
import dev.sluice.migrations.engine.ReplayStep;
import dev.sluice.migrations.postgres.ServerError;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import liquibase.changelog.ChangeSet;
import org.jspecify.annotations.Nullable;

/** Shows each statement that a changeset sends to whoever follows a replay. */
final class ReplayedStatements {
  private static final Set<String> SENDING =
      Set.of("execute", "executeQuery", "executeUpdate", "executeLargeUpdate");

  private Replay replay = Replay.NONE;
  private @Nullable ChangeSet current;
  private int number;

  void followedBy(Replay other) {
    replay = other;
  }

  /** The same connection; Liquibase takes the statements of what it finds below its own. */
  Connection watched(Connection connection) {
    InvocationHandler handler =
        (_, method, arguments) -> {
          var result = invoked(connection, method, arguments);
          var sql = arguments != null && arguments[0] instanceof String text ? text : "";
          return switch (result) {
            case CallableStatement statement -> proxy(CallableStatement.class, statement, sql);
            case PreparedStatement statement -> proxy(PreparedStatement.class, statement, sql);
            case Statement statement -> proxy(Statement.class, statement, sql);
            case null, default -> result;
          };
        };
    return (Connection)
        Proxy.newProxyInstance(
            ReplayedStatements.class.getClassLoader(), new Class<?>[] {Connection.class}, handler);
  }

  /** From here on, what is sent is the changeset's. */
  void begin(ChangeSet changeSet) throws SQLException {
    current = changeSet;
    number = 0;
    replay.observer().begins(ChangeSetNames.of(changeSet));
  }

  /** All of it is sent, if it began: what follows is Liquibase's. */
  void close() throws SQLException {
    if (current != null) {
      var name = ChangeSetNames.of(current);
      current = null;
      replay.observer().beforeCommit(name);
    }
  }

  void drop() {
    current = null;
  }

  /** One that its precondition passes over is entered nowhere, and so not closed before. */
  void ended(ChangeSet changeSet) throws SQLException {
    drop();
    replay.observer().ended(ChangeSetNames.of(changeSet));
  }

  /** {@code prepared}: what it sends when it is given nothing. */
  private <T extends Statement> T proxy(Class<T> type, T statement, String prepared) {
    InvocationHandler handler =
        (_, method, arguments) -> called(statement, method, arguments, prepared);
    return type.cast(
        Proxy.newProxyInstance(
            ReplayedStatements.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private @Nullable Object called(
      Statement statement, Method method, Object @Nullable [] arguments, String prepared)
      throws Throwable {
    var changeSet = current;
    if (changeSet == null || !SENDING.contains(method.getName())) {
      return invoked(statement, method, arguments);
    }
    var given = arguments != null && arguments.length > 0 ? String.valueOf(arguments[0]) : prepared;
    number++;
    var step =
        new ReplayStep(ChangeSetNames.of(changeSet), changeSet.getFilePath(), number, 0, given);
    var sent = replay.sent(step);
    if (sent.isBlank() && !given.isBlank()) {
      return nothing(method);
    }
    if (arguments != null && arguments.length > 0) {
      arguments[0] = sent;
    }
    replay.observer().before(step);
    var result = sent(changeSet, () -> invoked(statement, method, arguments));
    replay.observer().after(step);
    return result;
  }

  @FunctionalInterface
  private interface Sending {
    @Nullable Object done() throws Throwable;
  }

  /** What no transaction holds can't be sent from its beginning, so it is mended here. */
  private @Nullable Object sent(ChangeSet changeSet, Sending sending) throws Throwable {
    try {
      return sending.done();
    } catch (SQLException e) {
      var said = ServerError.in(e).orElseThrow();
      var failure =
          DatabaseFailures.ofChangeSet(said)
              .in(ChangeSetNames.of(changeSet), changeSet.getFilePath());
      if (changeSet.isRunInTransaction() || !replay.mended(failure)) {
        throw e;
      }
      return sending.done();
    }
  }

  private static @Nullable Object nothing(Method method) {
    return switch (method.getName()) {
      case "execute" -> false;
      case "executeUpdate" -> 0;
      case "executeLargeUpdate" -> 0L;
      default -> null;
    };
  }

  private static @Nullable Object invoked(
      Object target, Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
