package dev.sluice.migrations.liquibase;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.postgres.ServerNotices;
import dev.sluice.migrations.postgres.SimpleQuery;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Executes what Liquibase does without looking at its results: rows, counts and notices are dropped
 * or bounded as they come. pgjdbc would collect them all until the statement is closed.
 */
record DroppedResults(SimpleQuery sql) {
  DroppedResults(Session session, ServerNotices notices) {
    this(new SimpleQuery(session, notices));
  }

  /** The same connection, but for statements that aren't prepared. */
  Connection on(Connection connection) {
    return proxy(
        Connection.class,
        (_, method, arguments) -> {
          var result = invoked(connection, method, arguments);
          return method.getName().equals("createStatement") && result instanceof Statement statement
              ? proxy(Statement.class, statement(statement))
              : result;
        });
  }

  private InvocationHandler statement(Statement statement) {
    return (_, method, arguments) -> {
      var isExecute = method.getName().equals("execute");
      if (isExecute && arguments.length == 1 && arguments[0] instanceof String text) {
        execute(text);
        // Liquibase then doesn't ask for a count
        return true;
      }
      return invoked(statement, method, arguments);
    };
  }

  private void execute(String text) throws SQLException {
    var error = sql.answerInTransaction(text).error();
    if (error.isPresent()) {
      throw error.get();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            DroppedResults.class.getClassLoader(), new Class<?>[] {type}, handler));
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
