package dev.sluice.migrations.liquibase;

import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.engine.ChangelogUse;
import dev.sluice.migrations.engine.DatabaseFailures;
import dev.sluice.migrations.engine.Engines.Comparison.Result;
import dev.sluice.migrations.engine.Engines.Prepared;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.engine.RunRequest;
import dev.sluice.migrations.postgres.Ledger;
import java.sql.SQLException;

/** After another Liquibase has run: whether its ledger has all of the changelog. */
public final class LiquibaseComparison {
  private LiquibaseComparison() {}

  public static Prepared prepared(RunRequest request, RunContext context) {
    return new Prepared.Ready(session -> on(session, request, context));
  }

  private static Result on(Session session, RunRequest request, RunContext context)
      throws SQLException {
    var ledger = Ledger.in(session, request.ledger());
    if (ledger.isEmpty()) {
      return new Result.Failed(
          DatabaseFailures.noSchema(request.ledger(), "verify.history.schema"));
    }
    try (var engine =
        LiquibaseEngine.of(session, ledger.get(), request, context, ChangelogUse.LOOK)) {
      engine.remarks().forEach(context.events()::warn);
      return new Result.Compared(engine.differences(ledger.get().table()));
    } catch (Exception e) {
      return new Result.Failed(LiquibaseEngine.failure(e, null, context));
    }
  }
}
