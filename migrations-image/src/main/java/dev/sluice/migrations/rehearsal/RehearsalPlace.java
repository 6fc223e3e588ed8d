package dev.sluice.migrations.rehearsal;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.database.SessionSettings;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** A database in which migrations are tried. */
interface RehearsalPlace extends AutoCloseable {
  /** Makes it, with the schemas that a run expects to be there. */
  void make(List<String> schemas) throws SQLException, CannotRehearseException;

  /** As the role that the migrations run as. */
  Session session(SessionSettings settings) throws SQLException, CannotRehearseException;

  /** As whoever may make more there. */
  Session admin() throws SQLException, CannotRehearseException;

  /** The role that the migrations run as. */
  String role();

  /** Where it is, for people, after its version; empty for a server of our own. */
  String where();

  /** Why its server ended, if that is known. */
  Optional<String> end();

  @Override
  void close();
}
