package dev.sluice.migrations.liquibase;

import liquibase.changelog.ChangeSet;
import liquibase.changelog.RanChangeSet;

/** A changeset as people name it: {@code file::id::author}. */
final class ChangeSetNames {
  private ChangeSetNames() {}

  static String of(RanChangeSet row) {
    return row.getChangeLog() + "::" + row.getId() + "::" + row.getAuthor();
  }

  static String of(ChangeSet changeSet) {
    return changeSet.getFilePath() + "::" + changeSet.getId() + "::" + changeSet.getAuthor();
  }
}
