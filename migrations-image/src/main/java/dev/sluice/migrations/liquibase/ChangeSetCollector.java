package dev.sluice.migrations.liquibase;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.filter.ChangeSetFilterResult;
import liquibase.changelog.visitor.ChangeSetVisitor;
import liquibase.database.Database;

/** Only looks. */
final class ChangeSetCollector implements ChangeSetVisitor {
  private final List<ChangeSet> changeSets = new ArrayList<>();

  List<ChangeSet> changeSets() {
    return changeSets;
  }

  @Override
  public Direction getDirection() {
    return Direction.FORWARD;
  }

  @Override
  public void visit(
      ChangeSet changeSet,
      DatabaseChangeLog changelog,
      Database database,
      Set<ChangeSetFilterResult> reasons) {
    changeSets.add(changeSet);
  }
}
