package dev.sluice.migrations.liquibase;

import dev.sluice.migrations.engine.Differences;
import java.util.ArrayList;
import java.util.List;
import liquibase.changelog.ChangeSet;
import liquibase.database.Database;
import liquibase.exception.LiquibaseException;
import liquibase.precondition.core.PreconditionContainer.ErrorOption;
import liquibase.precondition.core.PreconditionContainer.FailOption;

/** Compares the changesets of a changelog with the rows of a ledger. */
final class LedgerDifferences {
  private LedgerDifferences() {}

  static Differences of(String table, List<ChangeSet> expected, Database database)
      throws LiquibaseException {
    var missing = new ArrayList<String>();
    var edited = new ArrayList<String>();
    for (var changeSet : expected) {
      var row = database.getRanChangeSet(changeSet);
      if (row == null) {
        if (!mayBePassedOver(changeSet)) {
          missing.add(ChangeSetNames.of(changeSet));
        }
      } else if (!changeSet.isCheckSumValid(row.getLastCheckSum())) {
        edited.add(ChangeSetNames.of(changeSet));
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
