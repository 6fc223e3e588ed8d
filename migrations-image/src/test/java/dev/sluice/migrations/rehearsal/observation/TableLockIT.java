package dev.sluice.migrations.rehearsal.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableLockIT {
  private static final TableName CUSTOMER = new TableName("public", "customer");
  private static final TableName ORDERS = new TableName("public", "orders");
  private static final String TABLES =
      "create table customer (id int primary key, n int); create table orders (id int, c int)";

  @Test
  void theStrongestLockIsKeptWithItsStep() throws SQLException {
    try (var replay = Replay.after(TABLES)) {
      var seen =
          replay.run(
              "select * from customer",
              "create index on customer (n)",
              "alter table customer add column c int",
              "select * from customer");

      assertEquals(List.of(new TableLock(CUSTOMER, LockMode.ACCESS_EXCLUSIVE, 3)), seen.locks());
      assertEquals(
          List.of(new TableLock(CUSTOMER, LockMode.SHARE, 2)), seen.steps().get(1).taken());
      assertEquals(List.of(), seen.steps().get(3).taken());
    }
  }

  @Test
  void aForeignKeyLocksBothTables() throws SQLException {
    try (var replay = Replay.after(TABLES)) {
      assertEquals(
          List.of(
              new TableLock(CUSTOMER, LockMode.SHARE_ROW_EXCLUSIVE, 1),
              new TableLock(ORDERS, LockMode.SHARE_ROW_EXCLUSIVE, 1)),
          replay.run("alter table orders add foreign key (c) references customer").locks());
    }
  }

  @Test
  void whatRunsUnderALockKnowsIt() throws SQLException {
    try (var replay = Replay.after(TABLES)) {
      var seen =
          replay.run(
              "select * from orders",
              "alter table customer add column c int",
              "update orders set c = 1");

      assertEquals(
          List.of(
              List.of(), List.of(), List.of(new TableLock(CUSTOMER, LockMode.ACCESS_EXCLUSIVE, 2))),
          seen.steps().stream().map(StepObservation::heldBefore).toList());
    }
  }

  @Test
  void aDroppedTableWasLocked() throws SQLException {
    try (var replay = Replay.after(TABLES)) {
      assertEquals(
          List.of(new TableLock(ORDERS, LockMode.ACCESS_EXCLUSIVE, 1)),
          replay.run("drop table orders").locks());
    }
  }

  @Test
  void aRenamedTableKeepsItsFormerName() throws SQLException {
    try (var replay = Replay.after(TABLES)) {
      assertEquals(
          List.of(new TableLock(ORDERS, LockMode.ACCESS_EXCLUSIVE, 1)),
          replay.run("alter table orders rename to sales", "select * from sales").locks());
    }
  }

  @Test
  void theNextChangeSetKnowsTheNewTables() throws SQLException {
    try (var replay = Replay.after()) {
      replay.run("create table fresh (id int)");

      assertEquals(
          List.of(new TableLock(new TableName("public", "fresh"), LockMode.ACCESS_EXCLUSIVE, 1)),
          replay.run("alter table fresh add column n int").locks());
    }
  }

  @Test
  void aTableHasTheNameThatTheChangeSetBeforeGaveIt() throws SQLException {
    try (var replay = Replay.after("create schema shop; create table shop.customer (id int)")) {
      replay.run("alter table shop.customer rename to client");
      assertEquals(
          new TableName("shop", "client"),
          replay.run("lock shop.client").locks().getFirst().table());

      replay.run("alter schema shop rename to store");
      assertEquals(
          new TableName("store", "client"),
          replay.run("lock store.client").locks().getFirst().table());
    }
  }

  @Test
  void aFailedStatementLeavesNothing() throws SQLException {
    try (var replay = Replay.after(TABLES)) {
      replay.execute("begin");
      try {
        replay.observe(replay.observer, "drop table orders", "select 1/0");
      } catch (SQLException _) {
        replay.execute("rollback");
      }
      var seen = replay.run("select 1");

      assertEquals(List.of(seen), replay.observer.observations());
      assertEquals(List.of(), seen.steps().getFirst().drops());
      assertEquals(List.of(), seen.locks());
      assertEquals(
          List.of("0"),
          replay.database.query("select count(*) from sluice_rehearsal.event where kind = 'drop'"));
    }
  }
}
