package dev.sluice.migrations.liquibase;

import dev.sluice.migrations.postgres.ServerError;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.sql.SourcePosition;
import dev.sluice.migrations.sql.SqlScan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import liquibase.change.AbstractSQLChange;
import liquibase.change.Change;
import liquibase.change.core.SQLFileChange;
import liquibase.changelog.ChangeSet;
import liquibase.database.Database;
import liquibase.exception.UnexpectedLiquibaseException;
import liquibase.sql.Sql;
import liquibase.sqlgenerator.SqlGeneratorFactory;
import liquibase.statement.SqlStatement;

/** Where in a file the statement of a changeset stands that failed. */
record StatementPlace(String file, Failure.Place place) {
  Failure in(Failure failure) {
    return failure.in(failure.changeSet(), file).at(place);
  }

  /** Empty when it wasn't a statement that failed. */
  static Optional<StatementPlace> of(
      ChangeSet changeSet, StatementCounter statements, ChangelogFiles files, Exception thrown) {
    var database = statements.database();
    if (statements.number() == 0) {
      return Optional.empty();
    }
    return statements
        .change()
        .map(change -> {
          var file = file(changeSet, change);
          var line =
              change instanceof AbstractSQLChange sql
                  ? line(changeSet, texts(sql, database), statements, files.text(file), thrown)
                  : 0;
          return new StatementPlace(
              file, new Failure.Place(statements.number(), count(changeSet, database), line));
        });
  }

  private static String file(ChangeSet changeSet, Change change) {
    var changelog = changeSet.getChangeLog();
    var own = changelog == null ? changeSet.getFilePath() : changelog.getPhysicalFilePath();
    if (change instanceof SQLFileChange sql && sql.getPath() != null) {
      return Boolean.TRUE.equals(sql.isRelativeToChangelogFile())
          ? Path.of(own).resolveSibling(sql.getPath()).normalize().toString()
          : sql.getPath();
    }
    return own;
  }

  /** 0: other changes than SQL may ask the database what they come to. */
  private static int count(ChangeSet changeSet, Database database) {
    return changeSet.getChanges().stream().allMatch(AbstractSQLChange.class::isInstance)
        ? changeSet.getChanges().stream()
            .mapToInt(change -> texts((AbstractSQLChange) change, database).size())
            .sum()
        : 0;
  }

  private static List<String> texts(AbstractSQLChange change, Database database) {
    try {
      return Stream.of(change.generateStatements(database))
          .map(statement -> sql(statement, database))
          .toList();
    } catch (UnexpectedLiquibaseException _) {
      return List.of(); // its file is gone meanwhile
    }
  }

  private static String sql(SqlStatement statement, Database database) {
    return Stream.of(SqlGeneratorFactory.getInstance().generateSql(statement, database))
        .map(Sql::toSql)
        .collect(Collectors.joining());
  }

  private static int line(
      ChangeSet changeSet,
      List<String> all,
      StatementCounter statements,
      Optional<String> text,
      Exception thrown) {
    var number = statements.numberInChange();
    if (text.isEmpty() || number < 1 || number > all.size()) {
      return 0;
    }
    var source = new SqueezedSql(text.get());
    var at = source.afterLine(firstLine(changeSet, text.get()));
    for (var before : all.subList(0, number - 1)) {
      at = source.after(new SqueezedSql(before), at);
    }
    var statement = all.get(number - 1);
    return source.line(new SqueezedSql(statement), at, character(statement, thrown));
  }

  /** Of formatted SQL the changeset's header, else the first of the file. */
  private static int firstLine(ChangeSet changeSet, String text) {
    var header = "changeset " + changeSet.getAuthor() + ":" + changeSet.getId();
    var lines = text.lines().map(line -> line.replaceAll("\\s+", " ")).toList();
    return 1
        + IntStream.range(0, lines.size())
            .filter(
                i -> lines.get(i).startsWith("--") && (lines.get(i) + " ").contains(header + " "))
            .findFirst()
            .orElse(0);
  }

  /** Of the statement, from 0; pgjdbc sends what holds several one by one. */
  private static int character(String statement, Exception thrown) {
    var position = ServerError.in(thrown).map(ServerError::position).orElse(0);
    var scan = SqlScan.of(statement, SourcePosition.startOf(""));
    return position < 1
            || position > statement.codePointCount(0, statement.length())
            || scan.statements().size() != 1
        ? 0
        : statement.offsetByCodePoints(0, position - 1);
  }
}
