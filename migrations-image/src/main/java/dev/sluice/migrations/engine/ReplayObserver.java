package dev.sluice.migrations.engine;

import java.sql.SQLException;

/**
 * Watches a replay on the session that replays, as the role that replays. What it throws ends the
 * replay.
 */
public interface ReplayObserver {
  ReplayObserver NONE =
      new ReplayObserver() {
        @Override
        public void begins(String changeSet) {}

        @Override
        public void before(ReplayStep step) {}

        @Override
        public void after(ReplayStep step) {}

        @Override
        public void beforeCommit(String changeSet) {}

        @Override
        public void ended(String changeSet) {}
      };

  /** A changeset begins; its transaction, if one holds it, is open. */
  void begins(String changeSet) throws SQLException;

  /** A step is about to be sent. */
  void before(ReplayStep step) throws SQLException;

  /** It went well, and its transaction, if one holds it, is still open. */
  void after(ReplayStep step) throws SQLException;

  /** All its steps went well; the transaction that holds it is still open. */
  void beforeCommit(String changeSet) throws SQLException;

  /** It is committed. One that fails has no end. */
  void ended(String changeSet) throws SQLException;
}
