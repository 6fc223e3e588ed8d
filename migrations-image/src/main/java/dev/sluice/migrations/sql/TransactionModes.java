package dev.sluice.migrations.sql;

import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out how a migration has to run, by what it holds. */
public final class TransactionModes {
  private TransactionModes() {}

  public static TransactionMode of(List<SqlScan> scans) {
    var statements = scans.stream().flatMap(scan -> scan.statements().stream()).toList();
    var ends = first(statements, true);
    var alone = first(statements, false);
    if (scans.stream().anyMatch(SqlScan::noTransaction) || alone < ends) {
      return TransactionMode.AUTOCOMMIT;
    }
    if (ends < statements.size()) {
      return TransactionMode.ENDS_ITS_TRANSACTION;
    }
    return usesNewEnumValue(statements) ? TransactionMode.AUTOCOMMIT : TransactionMode.TRANSACTION;
  }

  public static @Nullable String isolation(List<SqlScan> scans) {
    return scans.stream()
        .flatMap(scan -> scan.statements().stream())
        .findFirst()
        .filter(SqlStatement::setsIsolation)
        .map(SqlStatement::text)
        .orElse(null);
  }

  private static int first(List<SqlStatement> statements, boolean ending) {
    for (var i = 0; i < statements.size(); i++) {
      var it = statements.get(i);
      if (ending ? it.endsTransaction() : it.needsAutocommit()) {
        return i;
      }
    }
    return statements.size();
  }

  /** A value that is added to an enum can't be used before it is committed, but in a new enum. */
  public static boolean usesNewEnumValue(List<SqlStatement> statements) {
    var made = new HashSet<String>();
    var added = new HashSet<String>();
    for (var statement : statements) {
      if (statement.strings().stream().anyMatch(added::contains)) {
        return true;
      }
      if (statement.word(0).equals("CREATE")) {
        made.add(statement.type());
      } else if (!statement.newEnumValue().isEmpty() && !made.contains(statement.type())) {
        added.add(statement.newEnumValue());
      }
    }
    return false;
  }

  /** One statement, or several that nothing commits in between; not a commit that begins anew. */
  public static boolean isAtomic(List<SqlStatement> statements) {
    return statements.stream()
        .noneMatch(s -> s.endsTransaction() && (statements.size() > 1 || s.isChained()));
  }
}
