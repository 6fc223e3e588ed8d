package dev.sluice.migrations.engine;

import dev.sluice.migrations.postgres.ServerError;
import org.jspecify.annotations.Nullable;

/** What to do about an SQLSTATE, where the server itself gives no hint. */
final class StateHints {
  private static final String NO_TRANSACTION =
      "no transaction may hold it: a folder's file says so by the line -- sluice:no-transaction, a"
          + " changeset of Liquibase by runInTransaction: false";

  private static final String RIGHTS = "see the rights of the user that connects";

  private StateHints() {}

  /** Of a statement of the changelog's. */
  static @Nullable String ofChangeSet(ServerError said) {
    return switch (said.sqlState()) {
      // not in a transaction; no COMMIT in it; a new value of an enum used in it
      case "25001", "2D000", "55P04" -> NO_TRANSACTION;
      case "22021" -> "save the file as UTF-8";
      default -> ofSession(said.sqlState());
    };
  }

  /** Of a statement of the runner's own. */
  static @Nullable String ofOwn(@Nullable String sqlState) {
    return switch (sqlState) {
      case null -> RIGHTS;
      case "42501" -> RIGHTS;
      case "P0001" ->
          "a function of the database raised it, as of an event trigger: select evtname,"
              + " evtfoid::regproc from pg_event_trigger";
      default -> ofSession(sqlState);
    };
  }

  private static @Nullable String ofSession(String sqlState) {
    return switch (sqlState) {
      case "25006" ->
          "the database is read-only: it is a replica or fails over, or"
              + " default_transaction_read_only is on for it or the user";
      case "25P03" ->
          "idle_in_transaction_session_timeout ended the session: give the user a longer one";
      case "57P05" -> "idle_session_timeout ended the session: give the user a longer one";
      case "57014" -> "statement_timeout, or somebody who cancelled it, ended the statement";
      case "55P03" ->
          "another session held the lock for longer than lock_timeout: see pg_locks and"
              + " pg_stat_activity";
      default -> null;
    };
  }
}
