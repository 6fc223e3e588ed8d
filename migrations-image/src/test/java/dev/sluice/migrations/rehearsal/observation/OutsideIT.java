package dev.sluice.migrations.rehearsal.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Changesets that no transaction holds. */
class OutsideIT {
  private static final TableName CUSTOMER = new TableName("public", "customer");
  private static final String TABLES = "create table customer (id int primary key, email text)";
  private static final boolean COUNTS = !System.getProperty("sluice.postgres", "").equals("14");

  @Test
  void anIndexThatIsBuiltConcurrentlyBlocksNobody() throws SQLException {
    try (var replay = Replay.after(TABLES)) {
      var seen = replay.runOutside("create index concurrently by_email on customer (email)");
      var step = seen.steps().getFirst();

      assertEquals(
          List.of(new DdlCommand("CREATE INDEX", "index", "public.by_email", false)),
          step.commands());
      assertEquals(List.of(), seen.locks().stream().filter(l -> l.mode().blocksWrites()).toList());
      assertEquals(COUNTS ? 1 : 0, step.scans().size(), step.toString());
      assertEquals(
          "no transaction holds the step: locks are seen for DDL commands only",
          step.blind().getFirst().why());
    }
  }

  @Test
  void whatItScansIsNotTheNextChangeSets() throws SQLException {
    try (var replay = Replay.after(TABLES)) {
      replay.runOutside("create index concurrently by_email on customer (email)");
      var seen = replay.run("alter table customer rename column email to mail");

      assertEquals(List.of(), seen.steps().getFirst().scans());
    }
  }

  @Test
  void aDroppedIndexIsReported() throws SQLException {
    try (var replay = Replay.after(TABLES, "create index by_email on customer (email)")) {
      var step = replay.runOutside("drop index concurrently by_email").steps().getFirst();

      assertEquals(
          List.of(new DroppedObject("index", "public.by_email", true, false)), step.drops());
    }
  }

  @Test
  void locksOfDdlAreSeen() throws SQLException {
    try (var replay = Replay.after(TABLES)) {
      var seen =
          replay.runOutside(
              "alter table customer alter email set not null",
              "alter table customer alter id type bigint",
              "truncate customer",
              "vacuum full customer");

      assertEquals(List.of(new TableLock(CUSTOMER, LockMode.ACCESS_EXCLUSIVE, 1)), seen.locks());
      var steps = seen.steps();
      assertEquals(
          COUNTS ? List.of(new TableScan(CUSTOMER, 1, 0)) : List.of(), steps.get(0).scans());
      assertEquals(CUSTOMER, steps.get(1).rewrites().getFirst().table());
      assertEquals(List.of(CUSTOMER), steps.get(2).truncated());
      assertEquals(CUSTOMER, steps.get(3).rewrites().getFirst().table());
      steps.forEach(step -> assertEquals(List.of(), step.heldBefore()));
    }
  }

  @Test
  void aTransactionOfItsOwnIsSeen() throws SQLException {
    try (var replay = Replay.after(TABLES)) {
      var seen =
          replay.runOutside(
              "begin", "lock customer in share mode", "update customer set email = 'x'", "commit");

      var update = seen.steps().get(2);
      assertEquals(List.of(new TableLock(CUSTOMER, LockMode.SHARE, 2)), update.heldBefore());
      assertEquals(COUNTS ? 1 : 0, update.scans().size());
      assertEquals(
          List.of(), update.blind().stream().filter(r -> !r.why().contains("14")).toList());
    }
  }

  @Test
  void aStepThatEndsItsTransactionIsNamed() throws SQLException {
    try (var replay = Replay.after(TABLES)) {
      var seen =
          replay.run(
              "alter table customer add column n int",
              "commit; begin",
              "alter table customer alter n set not null");

      assertTrue(
          seen.steps().get(1).blind().getFirst().why().startsWith("the step ended the transaction"),
          seen.toString());
      assertEquals(List.of(), seen.steps().get(2).heldBefore());
      assertEquals(1, seen.steps().get(2).commands().size());
    }
  }

  @Test
  void theNextChangeSetIsInATransactionAgain() throws SQLException {
    try (var replay = Replay.after(TABLES)) {
      replay.runOutside("select 1");
      var step = replay.run("alter table customer alter email set not null").steps().getFirst();

      assertEquals(List.of(new TableScan(CUSTOMER, 1, 0)), step.scans());
      assertEquals(List.of(), step.blind());
    }
  }

  @Test
  void anEmptyDatabaseHasNoTransactionEither() throws SQLException {
    try (var replay = Replay.after()) {
      var step = replay.runOutside("create table t (id int)").steps().getFirst();

      assertEquals(
          "no transaction holds the step: locks are seen for DDL commands only",
          step.blind().getFirst().why());
    }
  }
}
