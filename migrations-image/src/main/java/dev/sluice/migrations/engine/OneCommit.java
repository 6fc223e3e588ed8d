package dev.sluice.migrations.engine;

import dev.sluice.migrations.database.Stop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.ChangeSet.ExecType;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.filter.ChangeSetFilterResult;
import liquibase.changelog.filter.ShouldRunChangeSetFilter;
import liquibase.changelog.visitor.UpdateVisitor;
import liquibase.database.Database;
import liquibase.exception.LiquibaseException;
import org.jspecify.annotations.Nullable;

/** Runs one changeset after the other, each with its ledger row in one commit. */
final class OneCommit extends UpdateVisitor {
  private final WorkConnection connection;
  private final ShouldRunChangeSetFilter filter;
  private final OpenEnded openEnded;
  private final Stop stop;
  private final Progress progress;
  private final int pending;
  private final List<String> applied = new ArrayList<>();
  private final Set<String> passedOver = new HashSet<>();
  private int number;
  private @Nullable ChangeSet current;

  OneCommit(
      Database database,
      WorkConnection connection,
      ShouldRunChangeSetFilter filter,
      OpenEnded openEnded,
      Stop stop,
      Progress progress,
      int pending) {
    super(database, null, filter);
    this.connection = connection;
    this.filter = filter;
    this.openEnded = openEnded;
    this.stop = stop;
    this.progress = progress;
    this.pending = pending;
  }

  List<String> applied() {
    return applied;
  }

  Set<String> passedOver() {
    return passedOver;
  }

  /** The one that runs, or the one that failed. */
  @Nullable ChangeSet current() {
    return current;
  }

  @Override
  public void visit(
      ChangeSet changeSet,
      DatabaseChangeLog changelog,
      Database database,
      Set<ChangeSetFilterResult> reasons)
      throws LiquibaseException {
    if (stop.cause().isPresent()) {
      throw new StoppedException();
    }
    if (!filter.accepts(changeSet).isAccepted()) {
      // only an old checksum may be brought up to date
      super.visit(changeSet, changelog, database, reasons);
      return;
    }
    current = changeSet;
    number++;
    var name = Names.of(changeSet);
    progress.begins(number, pending, name);
    var started = System.nanoTime();
    var how = run(changeSet, changelog, database, reasons);
    progress.ends(number, pending, name, how, Duration.ofNanos(System.nanoTime() - started));
    current = null;
  }

  private String run(
      ChangeSet changeSet,
      DatabaseChangeLog changelog,
      Database database,
      Set<ChangeSetFilterResult> reasons)
      throws LiquibaseException {
    if (changeSet.isRunInTransaction()) {
      connection.putOffCommits();
      try {
        super.visit(changeSet, changelog, database, reasons);
        connection.commitForGood();
      } finally {
        connection.dropPutOff();
      }
    } else {
      openEnded.begin(changeSet);
      try {
        super.visit(changeSet, changelog, database, reasons);
        connection.commitForGood();
      } catch (LiquibaseException | RuntimeException e) {
        openEnded.failed(changeSet, database, e);
        throw e;
      }
      openEnded.end(changeSet);
    }
    return entered(changeSet);
  }

  private String entered(ChangeSet changeSet) {
    var how = changeSet.getAttribute("updateExecType");
    var name = Names.of(changeSet);
    if (how == ExecType.SKIPPED) {
      passedOver.add(name);
      return "passed over, its precondition says CONTINUE";
    }
    if (how == ExecType.FAILED) {
      passedOver.add(name);
      return "failed, and failOnError is false";
    }
    applied.add(name);
    return how == ExecType.MARK_RAN ? "marked as ran" : "";
  }
}
