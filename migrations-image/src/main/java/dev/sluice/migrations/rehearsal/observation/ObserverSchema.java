package dev.sluice.migrations.rehearsal.observation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;

/** The schema {@code sluice_rehearsal}, which a superuser owns. */
public final class ObserverSchema {
  private ObserverSchema() {}

  /**
   * Creates it, in one transaction.
   *
   * @param superuser a connection to the database of the rehearsal; no transaction is open
   * @throws ObservationRefusedException if this server doesn't count what is known to happen
   */
  public static void install(Connection superuser) throws SQLException {
    var autoCommit = superuser.getAutoCommit();
    superuser.setAutoCommit(false);
    try (var statement = superuser.createStatement()) {
      statement.execute(script());
      test(superuser);
      superuser.commit();
    } catch (SQLException e) {
      superuser.rollback();
      throw e;
    } finally {
      superuser.setAutoCommit(autoCommit);
    }
  }

  /** On any session: one known scan must count 1. */
  static void test(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("select sluice_rehearsal.self_test()")) {
      rows.next();
      var counted = rows.getLong(1);
      if (counted != 1) {
        throw new ObservationRefusedException(
            "The rehearsal's server counts "
                + counted
                + " for one scan of a table: track_counts is off, or the statistics don't work");
      }
    }
  }

  private static String script() {
    try (var file = ObserverSchema.class.getResourceAsStream("observer.sql")) {
      if (file == null) {
        throw new IllegalStateException("observer.sql is missing");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
