package dev.sluice.migrations.engine;

import liquibase.changelog.ChangeSet;

/** A changeset as people name it: {@code file::id::author}. */
final class Names {
  private Names() {}

  static String of(ChangeSet changeSet) {
    return changeSet.getFilePath() + "::" + changeSet.getId() + "::" + changeSet.getAuthor();
  }
}
