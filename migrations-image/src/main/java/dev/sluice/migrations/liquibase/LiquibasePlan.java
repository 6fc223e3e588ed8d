package dev.sluice.migrations.liquibase;

import dev.sluice.migrations.plan.Plan;
import dev.sluice.migrations.plan.PlanStep;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.ChecksumVersion;
import liquibase.change.Change;
import liquibase.change.core.CreateProcedureChange;
import liquibase.change.core.CreateViewChange;
import liquibase.change.core.SQLFileChange;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.RanChangeSet;
import liquibase.database.Database;
import liquibase.database.DatabaseList;
import liquibase.sql.Sql;
import liquibase.sqlgenerator.SqlGeneratorFactory;

/** What Liquibase would do. */
final class LiquibasePlan {
  private LiquibasePlan() {}

  /** {@code ran} in the order in which it ran. */
  static Plan of(List<ChangeSet> pending, DatabaseChangeLog changelog, List<RanChangeSet> ran) {
    var whole = PreconditionText.of(changelog.getPreconditions());
    return Plan.of(
        steps(pending, whole),
        ran.reversed().stream().map(ChangeSetNames::of).toList(),
        steps(changelog.getChangeSets(), whole));
  }

  private static List<PlanStep> steps(List<ChangeSet> changeSets, List<String> conditions) {
    return changeSets.stream()
        .map(c -> new PlanStep(ChangeSetNames.of(c), checksum(c, conditions)))
        .toList();
  }

  /** Liquibase's own is of the changes alone. */
  private static String checksum(ChangeSet changeSet, List<String> conditions) {
    return Stream.of(
            Stream.of(String.valueOf(changeSet.generateCheckSum(ChecksumVersion.latest()))),
            conditions.stream(),
            PreconditionText.of(changeSet.getPreconditions()).stream())
        .flatMap(lines -> lines)
        .collect(Collectors.joining("\n"));
  }

  static List<String> statements(DatabaseChangeLog changelog, PlanStep step, Database database) {
    return changelog.getChangeSets().stream()
        .filter(c -> ChangeSetNames.of(c).equals(step.name()))
        .flatMap(c -> statements(c, database))
        .toList();
  }

  private static Stream<String> statements(ChangeSet changeSet, Database database) {
    return Stream.concat(
        PreconditionText.of(changeSet.getPreconditions()).stream(),
        changeSet.getChanges().stream()
            .flatMap(change -> statements(change, database))
            .map(sql -> modified(sql, changeSet, database)));
  }

  /** As {@code modifySql} has it, when it is sent. */
  private static String modified(String sql, ChangeSet changeSet, Database database) {
    var text = sql;
    for (var visitor : changeSet.getSqlVisitors()) {
      if (DatabaseList.definitionMatches(visitor.getApplicableDbms(), database, true)) {
        text = visitor.modifySql(text, database);
      }
    }
    return text;
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

  /** The file that holds the statements of a change; empty when it holds them itself. */
  static Optional<String> fileOf(Change change) {
    return switch (change) {
      case SQLFileChange file -> Optional.ofNullable(file.getPath());
      case CreateProcedureChange procedure -> Optional.ofNullable(procedure.getPath());
      case CreateViewChange view -> Optional.ofNullable(view.getPath());
      default -> Optional.empty();
    };
  }

  private static String unknown(Change change) {
    return "-- " + change.getSerializedObjectName() + ": its SQL is made when it runs";
  }
}
