package dev.sluice.migrations.rehearsal;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.database.SessionSettings;
import dev.sluice.migrations.rehearsal.observation.ObserverSchema;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** A database in which migrations are tried. */
interface RehearsalPlace {
  /**
   * Makes it.
   *
   * @param schemas that a run expects to be there
   * @param observed with what observes a replay in it
   * @return why it isn't observed although it was to be
   */
  Optional<String> make(List<String> schemas, boolean observed)
      throws SQLException, CannotRehearseException;

  /** As the role that the migrations run as. */
  Session session(SessionSettings settings) throws SQLException, CannotRehearseException;

  /** As whoever may make more there. */
  Session admin() throws SQLException, CannotRehearseException;

  /** The role that the migrations run as. */
  String role();

  /** A role of that name was made as the target has it. */
  default boolean isCopied(String role) {
    return false;
  }

  /** Where it is, for people, after its version; empty for a server of our own. */
  String where();

  /** What observes a replay; why there is nothing, if there is. */
  static Optional<String> observed(Session superuser) {
    try {
      ObserverSchema.install(superuser.connection());
      return Optional.empty();
    } catch (SQLException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * The extensions in it that only look like the real ones.
   *
   * @param session on it, whatever a migration has made of that
   */
  List<String> stubs(Session session) throws SQLException;

  /** Why its server ended, if that is known. */
  Optional<String> end();
}
