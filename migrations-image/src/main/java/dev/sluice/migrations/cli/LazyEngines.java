package dev.sluice.migrations.cli;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.engine.ChangelogUse;
import dev.sluice.migrations.engine.Engine;
import dev.sluice.migrations.engine.Engines;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.engine.RunRequest;
import dev.sluice.migrations.liquibase.LiquibaseComparison;
import dev.sluice.migrations.liquibase.LiquibaseEngine;
import dev.sluice.migrations.plainsql.FolderEngine;
import dev.sluice.migrations.postgres.Ledger;

/** A folder runs without Liquibase, of which then no class is loaded. */
public record LazyEngines() implements Engines {
  @Override
  public Engine.Opening open(
      Session session, Ledger ledger, RunRequest request, RunContext context, ChangelogUse use) {
    return request.changelog().isFolder()
        ? FolderEngine.open(session, ledger, request, context)
        : LiquibaseEngine.open(session, ledger, request, context, use);
  }

  @Override
  public Prepared comparison(RunRequest request, RunContext context) {
    return request.changelog().isFolder()
        ? FolderEngine.comparison(request, context)
        : LiquibaseComparison.prepared(request, context);
  }
}
