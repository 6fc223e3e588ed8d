package dev.sluice.migrations.cli;

import liquibase.changelog.IncludeAllFilter;

/** A changelog beside its root file, which must not include itself. */
public final class OnlySql implements IncludeAllFilter {
  @Override
  public boolean include(String path) {
    return path.endsWith(".sql");
  }
}
