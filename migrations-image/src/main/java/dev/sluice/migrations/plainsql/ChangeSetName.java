package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.folder.Migration;

/** A folder's file as Liquibase would name the changeset that it makes of it. */
final class ChangeSetName {
  private ChangeSetName() {}

  static String of(Migration migration) {
    return of(migration.file());
  }

  static String of(String file) {
    return file + "::raw::includeAll";
  }
}
