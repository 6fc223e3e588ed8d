package dev.sluice.migrations.rehearsal;

import dev.sluice.migrations.engine.ReplayObserver;
import dev.sluice.migrations.engine.ReplayStep;
import java.sql.SQLException;
import java.util.Optional;

/** Remembers that an observer failed, which is no failure of what it observes. */
final class RehearsalObserver implements ReplayObserver {
  private final ReplayObserver observer;
  private Optional<String> broken = Optional.empty();

  RehearsalObserver(ReplayObserver observer) {
    this.observer = observer;
  }

  /** Why it failed, if it did. */
  Optional<String> broken() {
    return broken;
  }

  @FunctionalInterface
  private interface Look {
    void done() throws SQLException;
  }

  private void look(Look look) throws SQLException {
    try {
      look.done();
    } catch (SQLException e) {
      broken = Optional.of(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  @Override
  public void begins(String changeSet) throws SQLException {
    look(() -> observer.begins(changeSet));
  }

  @Override
  public void before(ReplayStep step) throws SQLException {
    look(() -> observer.before(step));
  }

  @Override
  public void after(ReplayStep step) throws SQLException {
    look(() -> observer.after(step));
  }

  @Override
  public void beforeCommit(String changeSet) throws SQLException {
    look(() -> observer.beforeCommit(changeSet));
  }

  @Override
  public void ended(String changeSet) throws SQLException {
    look(() -> observer.ended(changeSet));
  }
}
