package dev.sluice.authoring.proof;

import dev.sluice.authoring.catalog.Catalog;
import dev.sluice.authoring.diff.CannotCompareException;
import dev.sluice.authoring.diff.SchemaDiff;
import dev.sluice.authoring.loss.Loss;
import dev.sluice.authoring.loss.Losses;
import dev.sluice.authoring.scratch.Scratch;
import dev.sluice.migrations.postgres.Sql;
import dev.sluice.migrations.sql.SourcePosition;
import dev.sluice.migrations.sql.SqlScan;
import dev.sluice.migrations.sql.TransactionMode;
import dev.sluice.migrations.sql.TransactionModes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Runs migrations on a copy whose tables have rows: what they lose there, they lose. Where they
 * fail by those rows alone, once more on a copy without, and says so.
 */
public final class Proof {
  private static final String SEEDED = "seeded";
  private static final String EMPTY = "unseeded";

  /** Classes of SQLSTATE that are about values: they don't fit, or break a rule. */
  private static final Set<String> OF_VALUES = Set.of("22", "23");

  private final Scratch scratch;
  private final boolean privileges;

  public Proof(Scratch scratch, boolean privileges) {
    this.scratch = scratch;
    this.privileges = privileges;
  }

  private record Broken(String statement, SQLException why) {
    String state() {
      return String.valueOf(why.getSQLState());
    }

    boolean isOfValues() {
      return state().length() > 2 && OF_VALUES.contains(state().substring(0, 2));
    }
  }

  /**
   * On copies of {@code from}.
   *
   * @param migrations the statements of each
   */
  public ProofResult of(String from, List<List<String>> migrations)
      throws SQLException, CannotCompareException {
    var losses = new LinkedHashSet<Loss>();
    var depends = new ArrayList<String>();
    var before = scratch.catalog(from);
    scratch.copied(from, SEEDED);
    var broken = seeded(before, migrations, losses);
    var ran = SEEDED;
    if (broken.isPresent()) {
      if (!broken.get().isOfValues()) {
        return failed(broken.get());
      }
      explain(broken.get(), losses, depends);
      scratch.copied(from, EMPTY);
      ran = EMPTY;
      var again = run(EMPTY, migrations);
      if (again.isPresent()) {
        return failed(again.get());
      }
    }
    losses.addAll(Losses.between(before, scratch.catalog(ran)));
    var remainder =
        SchemaDiff.between(scratch.source(ran), scratch.source(Scratch.WANTED), privileges);
    return new ProofResult.Ran(remainder, List.copyOf(losses), depends);
  }

  private Optional<Broken> seeded(Catalog before, List<List<String>> migrations, Set<Loss> losses)
      throws SQLException {
    ColumnValues values;
    try (var admin = scratch.admin(SEEDED)) {
      Seeds.plant(admin.connection(), before);
      values = ColumnValues.of(admin.connection(), before);
    }
    var broken = run(SEEDED, migrations);
    if (broken.isEmpty()) {
      try (var admin = scratch.admin(SEEDED)) {
        var after = Catalog.of(admin.connection());
        values
            .changedIn(admin.connection(), after)
            .forEach((name, type) ->
                losses.add(new Loss(name, "values change when it becomes " + type)));
      }
    }
    return broken;
  }

  /** Each as it would run: in a transaction where it may. */
  private Optional<Broken> run(String database, List<List<String>> migrations) throws SQLException {
    for (var statements : migrations) {
      try (var session = scratch.session(database)) {
        var connection = session.connection();
        connection.setAutoCommit(!isTransactional(statements));
        for (var statement : statements) {
          try {
            Sql.execute(connection, statement);
          } catch (SQLException e) {
            return Optional.of(new Broken(statement, e));
          }
        }
        commit(connection);
      }
    }
    return Optional.empty();
  }

  private static void commit(Connection connection) throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.commit();
    }
  }

  private static boolean isTransactional(List<String> statements) {
    var scans =
        statements.stream().map(sql -> SqlScan.of(sql, SourcePosition.startOf(""))).toList();
    return TransactionModes.of(scans) == TransactionMode.TRANSACTION;
  }

  /** What the rows of the copy stopped. */
  private void explain(Broken broken, Set<Loss> losses, List<String> depends) throws SQLException {
    var narrowed =
        Losses.retyped(scratch.catalog(Scratch.CURRENT), scratch.catalog(Scratch.WANTED)).stream()
            .filter(column -> broken.statement().contains(column.before().name()))
            .filter(column -> broken.statement().contains(column.table().name().last()))
            .map(Losses.Retyped::loss)
            .toList();
    if (!narrowed.isEmpty()) {
      losses.addAll(narrowed);
    } else {
      depends.add(
          "it depends on the rows that a database has whether this runs: %s (%s)"
              .formatted(oneLine(broken.statement()), message(broken.why())));
    }
  }

  private static ProofResult failed(Broken broken) {
    return new ProofResult.Failed(
        oneLine(broken.statement()), message(broken.why()), broken.state());
  }

  private static String message(SQLException e) {
    return Objects.requireNonNullElse(e.getMessage(), "")
        .lines()
        .findFirst()
        .orElse("")
        .replaceFirst("^ERROR: ", "");
  }

  private static String oneLine(String statement) {
    return statement.replaceAll("\\s+", " ");
  }
}
