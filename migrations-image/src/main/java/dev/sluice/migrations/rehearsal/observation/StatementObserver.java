package dev.sluice.migrations.rehearsal.observation;

import dev.sluice.migrations.engine.ReplayObserver;
import dev.sluice.migrations.engine.ReplayStep;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Notes what the steps of a replay do; {@link ObserverSchema} must be installed. */
public final class StatementObserver implements ReplayObserver {
  private final LookReader reader;
  private final List<ChangeSetObservation> ended = new ArrayList<>();
  private @Nullable ChangeSetWatch current;
  private boolean tested;

  /**
   * Asks nothing before the first changeset begins.
   *
   * @param session gives the connection that replays; it stays the caller's
   */
  public StatementObserver(Supplier<Connection> session, UnwatchedTables unwatched) {
    this.reader = new LookReader(session, unwatched);
  }

  /** The changesets that are committed, in their order. */
  public List<ChangeSetObservation> observations() {
    return List.copyOf(ended);
  }

  /**
   * What is known so far of a changeset that has begun and hasn't ended, such as one that failed.
   */
  public Optional<ChangeSetObservation> unfinished() {
    return Optional.ofNullable(current).map(ChangeSetWatch::ended);
  }

  @Override
  public void begins(String changeSet) throws SQLException {
    if (!tested) {
      reader.test();
      tested = true;
    }
    current = new ChangeSetWatch(reader, changeSet);
  }

  @Override
  public void before(ReplayStep step) throws SQLException {
    watch().before(step);
  }

  @Override
  public void after(ReplayStep step) throws SQLException {
    watch().after(step);
  }

  @Override
  public void beforeCommit(String changeSet) throws SQLException {
    watch().beforeCommit();
  }

  @Override
  public void ended(String changeSet) {
    ended.add(watch().ended());
    current = null;
  }

  private ChangeSetWatch watch() {
    return Objects.requireNonNull(current, "no changeset has begun");
  }
}
