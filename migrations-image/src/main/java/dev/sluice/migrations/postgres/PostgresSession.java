package dev.sluice.migrations.postgres;

import dev.sluice.migrations.database.Address;
import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.database.Stop;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.PGConnection;

/** A session of pgjdbc. */
record PostgresSession(Connection connection, Address address) implements Session {
  /** A server that doesn't answer a cancel for so long is given up. */
  private static final int CANCELS_BEFORE_ABORT = 16;

  @Override
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
