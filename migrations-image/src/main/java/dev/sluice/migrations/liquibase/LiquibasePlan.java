package dev.sluice.migrations.liquibase;

import dev.sluice.migrations.plan.Plan;
import dev.sluice.migrations.plan.PlanStep;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import liquibase.ChecksumVersion;
import liquibase.change.Change;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.RanChangeSet;
import liquibase.database.Database;
import liquibase.sql.Sql;
import liquibase.sqlgenerator.SqlGeneratorFactory;

/** What Liquibase would do. */
final class LiquibasePlan {
  private LiquibasePlan() {}

  /** {@code ran} in the order in which it ran. */
  static Plan of(List<ChangeSet> pending, DatabaseChangeLog changelog, List<RanChangeSet> ran) {
    return Plan.of(
        steps(pending),
        ran.reversed().stream().map(ChangeSetNames::of).toList(),
        steps(changelog.getChangeSets()));
  }

  private static List<PlanStep> steps(List<ChangeSet> changeSets) {
    return changeSets.stream()
        .map(c ->
            new PlanStep(
                ChangeSetNames.of(c), String.valueOf(c.generateCheckSum(ChecksumVersion.latest()))))
        .toList();
  }

  static List<String> statements(DatabaseChangeLog changelog, PlanStep step, Database database) {
    return changelog.getChangeSets().stream()
        .filter(c -> ChangeSetNames.of(c).equals(step.name()))
        .flatMap(c -> c.getChanges().stream())
        .flatMap(change -> statements(change, database))
        .toList();
  }

  /** A change that asks the database, or runs a program, isn't asked: it might do it now. */
  static Stream<String> statements(Change change, Database database) {
    if (change.generateStatementsVolatile(database)) {
      return Stream.of(unknown(change));
    }
    try {
      var sql =
          SqlGeneratorFactory.getInstance()
              .generateSql(change.generateStatements(database), database);
      return sql.length == 0 ? Stream.of(unknown(change)) : Arrays.stream(sql).map(Sql::toSql);
    } catch (RuntimeException e) {
      return Stream.of(unknown(change));
    }
  }

  private static String unknown(Change change) {
    return "-- " + change.getSerializedObjectName() + ": its SQL is made when it runs";
  }
}
