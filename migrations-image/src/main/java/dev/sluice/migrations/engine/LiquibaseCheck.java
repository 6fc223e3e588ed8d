package dev.sluice.migrations.engine;

import dev.sluice.migrations.database.Ledger;
import dev.sluice.migrations.database.Session;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.report.Failure;
import java.util.ArrayList;
import java.util.List;
import liquibase.changelog.ChangeSet;
import liquibase.database.Database;
import liquibase.exception.LiquibaseException;
import liquibase.precondition.core.PreconditionContainer.ErrorOption;
import liquibase.precondition.core.PreconditionContainer.FailOption;

/** After another Liquibase has run: whether its ledger has all of the changelog. */
record LiquibaseCheck(Session session, Ledger ledger, Changelog changelog) {
  /** What came of it. */
  sealed interface Result {
    record Compared(Differences differences) implements Result {}

    record Failed(Failure failure) implements Result {}
  }

  Result done(Stop stop, Progress progress) {
    try {
      var engine = new LiquibaseEngine(session, ledger, changelog, stop, progress);
      try {
        engine.remarks().forEach(progress::warn);
        return new Result.Compared(engine.differences(ledger.table()));
      } finally {
        engine.close();
      }
    } catch (Exception e) {
      return new Result.Failed(LiquibaseEngine.failure(e, null, progress));
    }
  }

  static Differences differences(String table, Database database, List<ChangeSet> expected)
      throws LiquibaseException {
    var missing = new ArrayList<String>();
    var edited = new ArrayList<String>();
    for (var changeSet : expected) {
      var row = database.getRanChangeSet(changeSet);
      if (row == null) {
        if (!mayBePassedOver(changeSet)) {
          missing.add(Names.of(changeSet));
        }
      } else if (!changeSet.isCheckSumValid(row.getLastCheckSum())) {
        edited.add(Names.of(changeSet));
      }
    }
    return new Differences(table, expected.size(), missing, List.of(), edited);
  }

  /** Its author says so. */
  private static boolean mayBePassedOver(ChangeSet changeSet) {
    var conditions = changeSet.getPreconditions();
    return Boolean.FALSE.equals(changeSet.getFailOnError())
        || (conditions != null
            && (conditions.getOnFail() == FailOption.CONTINUE
                || conditions.getOnError() == ErrorOption.CONTINUE));
  }
}
