package dev.sluice.migrations.postgres;

import dev.sluice.migrations.database.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The table {@code sluice_unfinished}: a migration that doesn't run in one transaction is entered
 * before it begins and taken out with its commit, so that one that was cut off is found.
 */
public final class UnfinishedTable {
  /** {@code done} of its {@code chunks} are committed for sure; the next one may be. */
  public record Mark(String file, String since, int done, int chunks) {}

  private final Connection connection;
  private final Ledger ledger;

  public UnfinishedTable(Session session, Ledger ledger) {
    this.connection = session.connection();
    this.ledger = ledger;
  }

  public String table() {
    return ledger.unfinished();
  }

  /** What a person does before the migration runs again. */
  public String remedy(String file) {
    return "see what it left and undo that, then run it again after: delete from "
        + table()
        + " where ledger = '"
        + ledger.table().replace("'", "''")
        + "' and file = '"
        + file.replace("'", "''")
        + "'";
  }

  public List<Mark> marks() throws SQLException {
    if (!ledger.has(connection, ledger.unfinished())) {
      return List.of();
    }
    return Sql.rows(
        connection,
        row -> new Mark(row.getString(1), row.getString(2), row.getInt(3), row.getInt(4)),
        """
        select file, to_char(since, 'YYYY-MM-DD HH24:MI:SS TZ'), done, chunks
          from %s where ledger = ? order by since
        """
            .formatted(ledger.unfinished()),
        ledger.table());
  }

  public void begin(String file, int chunks) throws SQLException {
    makeTable();
    Sql.executeAll(connection, List.of(begun(file, chunks)));
  }

  public void makeTable() throws SQLException {
    if (!ledger.has(connection, ledger.unfinished())) {
      Sql.execute(
          connection,
          """
          create table if not exists %s (
            ledger text not null, file text not null,
            since timestamptz not null default now(),
            done int not null default 0, chunks int not null, primary key (ledger, file))
          """
              .formatted(ledger.unfinished()));
      ledger.made(ledger.unfinished());
    }
  }

  public SqlPart begun(String file, int chunks) {
    return SqlPart.of(
        """
        insert into %s (ledger, file, chunks) values (?, ?, ?)
        on conflict (ledger, file) do update set since = now(), done = 0, chunks = excluded.chunks
        """
            .formatted(ledger.unfinished()),
        ledger.table(),
        file,
        chunks);
  }

  /** Inside of a transaction it becomes true with it. */
  public SqlPart noted(String file, int done) {
    return SqlPart.of(
        "update %s set done = ? where ledger = ? and file = ?".formatted(ledger.unfinished()),
        done,
        ledger.table(),
        file);
  }

  public void done(String file, int done) throws SQLException {
    Sql.executeAll(connection, List.of(noted(file, done)));
  }

  public void end(String file) throws SQLException {
    Sql.executeAll(connection, List.of(ended(file)));
  }

  public SqlPart ended(String file) {
    return SqlPart.of(
        "delete from %s where ledger = ? and file = ?".formatted(ledger.unfinished()),
        ledger.table(),
        file);
  }
}
