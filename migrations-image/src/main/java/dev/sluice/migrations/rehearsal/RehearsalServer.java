package dev.sluice.migrations.rehearsal;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.database.SessionSettings;
import java.sql.SQLException;
import java.util.Optional;

/** A server on which a rehearsal may do what it wants. */
interface RehearsalServer extends AutoCloseable {
  /** Waits for it; as its superuser, in a database to begin with. */
  Session ready() throws SQLException, CannotRehearseException;

  /** As its superuser. */
  Session admin(String database) throws SQLException;

  Session session(String database, String role, SessionSettings settings) throws SQLException;

  /** Why it ended, if it did. */
  Optional<String> end();

  @Override
  void close();
}
