package dev.sluice.migrations.rehearsal.observation;

import dev.sluice.migrations.postgres.SimpleQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Calls the functions of the schema, one round trip each. */
final class LookReader {
  private static final String COLUMNS =
      "select kind, id, number, seq_scans, idx_scans, storage, flags, name, detail, extra from"
          + " sluice_rehearsal.";
  private static final int ORIGINAL = 1;
  private static final int NORMAL = 2;

  private final Supplier<Connection> session;
  private final KnownTables known;

  LookReader(Supplier<Connection> session, UnwatchedTables unwatched) {
    this.session = session;
    this.known = new KnownTables(unwatched);
  }

  void test() throws SQLException {
    ObserverSchema.test(session.get());
  }

  /** Whether a transaction holds more than one look. */
  boolean isInTransaction() throws SQLException {
    return SimpleQuery.isInTransaction(session.get());
  }

  Baseline begins() throws SQLException {
    return known.renewed(rows("begins('" + known.since() + "')"));
  }

  /** Every table by its id, if the transaction is another one by now. */
  Optional<Map<Long, TableFacts>> outside(String transaction) throws SQLException {
    var rows = rows("outside('" + transaction + "')");
    var tables = new HashMap<Long, TableFacts>();
    rows.forEach(row -> tables.put(row.id(), row.facts()));
    return rows.isEmpty() ? Optional.empty() : Optional.of(tables);
  }

  Look after(long since, long below, boolean everything) throws SQLException {
    var locks = new HashMap<Long, LockMode>();
    var tables = new HashMap<Long, TableFacts>();
    var events = new ArrayList<Event>();
    var state = new ArrayList<FactRow>();
    var last = since;
    for (var row : rows("after(" + since + ", " + below + ", " + everything + ")")) {
      switch (row.kind()) {
        case "state" -> state.add(row);
        case "held" -> {
          locks.put(row.id(), LockMode.ofStrength((int) row.number()));
          tables.put(row.id(), row.facts());
        }
        case "table" -> tables.put(row.id(), row.facts());
        default -> {
          last = row.number();
          events.add(event(row));
        }
      }
    }
    var now = state.getFirst();
    return new Look(now.name(), last, locks, tables, events, now.detail());
  }

  private static Event event(FactRow row) {
    return switch (row.kind()) {
      case "command" -> new Event.Command(row.id(), row.name(), row.extra(), row.detail());
      case "drop" ->
          new Event.Drop(
              row.id(),
              row.extra(),
              row.detail(),
              (row.flags() & ORIGINAL) != 0,
              (row.flags() & NORMAL) != 0);
      case "rewrite" -> new Event.Rewritten(row.id(), row.flags());
      default -> new Event.Locked(row.id(), LockMode.ofStrength(row.flags()));
    };
  }

  private List<FactRow> rows(String call) throws SQLException {
    var all = new ArrayList<FactRow>();
    // not prepared: a migration may deallocate what is
    try (var statement = session.get().createStatement();
        var rows = statement.executeQuery(COLUMNS + call)) {
      while (rows.next()) {
        all.add(FactRow.of(rows));
      }
    } catch (SQLException e) {
      throw new ObservationRefusedException(
          "The rehearsal can't be observed any longer: " + e.getMessage(), e);
    }
    return all;
  }
}
