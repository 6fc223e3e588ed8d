package dev.sluice.migrations.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.PGConnection;

/** One open connection, checked and set up; work and lock live and die with it. */
public record Session(Connection connection, Address address) implements AutoCloseable {
  /** A server that doesn't answer a cancel for so long is given up. */
  private static final int CANCELS_BEFORE_ABORT = 16;

  /** From here on a stop cancels what runs. */
  public void guardedBy(Stop stop) {
    var cancels = new AtomicInteger();
    stop.guard(() -> {
      try {
        if (cancels.incrementAndGet() > CANCELS_BEFORE_ABORT) {
          connection.abort(Runnable::run);
        } else {
          connection.unwrap(PGConnection.class).cancelQuery();
        }
      } catch (SQLException _) {
        // tried again
      }
    });
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException _) {
      // the server frees what it held
    }
  }
}
