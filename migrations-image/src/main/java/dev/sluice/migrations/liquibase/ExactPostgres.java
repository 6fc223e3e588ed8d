package dev.sluice.migrations.liquibase;

import java.util.Locale;
import liquibase.database.core.PostgresDatabase;
import liquibase.structure.DatabaseObject;
import liquibase.structure.core.Table;

/** Liquibase quotes a name only where it has both cases; the ledger's is meant as it is. */
sealed class ExactPostgres extends PostgresDatabase permits OwnRoleDatabase {
  private final String ledgerTable;

  ExactPostgres(String ledgerTable) {
    this.ledgerTable = ledgerTable;
  }

  /** Whether the server would fold it to another name. */
  static boolean hasCapitals(String name) {
    return !name.equals(name.toLowerCase(Locale.ROOT));
  }

  @Override
  public String getDatabaseChangeLogTableName() {
    return ledgerTable;
  }

  @Override
  public String escapeObjectName(String name, Class<? extends DatabaseObject> type) {
    return isLedger(name, type) ? quoteObject(name, type) : super.escapeObjectName(name, type);
  }

  @Override
  public String correctObjectName(String name, Class<? extends DatabaseObject> type) {
    return isLedger(name, type) ? name : super.correctObjectName(name, type);
  }

  private boolean isLedger(String name, Class<? extends DatabaseObject> type) {
    return hasCapitals(ledgerTable) && ledgerTable.equals(name) && Table.class.equals(type);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
