package dev.sluice.migrations.rehearsal.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a migration does to its session doesn't keep it from being observed. */
class SessionIT {
  private static final String TABLES = "create table customer (id int primary key, email text)";
  private static final String[] CHANGE = {
    "alter table customer alter email set not null", "alter table customer drop column id"
  };

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set search_path = nowhere",
        "create function pg_lock_status() returns int return 1; set search_path = public,"
            + " pg_catalog",
        "create temp table pg_class (oid oid); create temp table event (n int)",
        "set local statement_timeout = '10s'; set enable_seqscan = off",
        "set default_transaction_read_only = on",
        "set transaction_isolation = 'serializable'",
        "reset all",
        "savepoint s; select 1; rollback to s",
        "deallocate all",
        "do $$ begin execute 'deallocate all'; end $$",
        "set constraints all deferred",
      })
  void goesOnAfter(String sql) throws SQLException {
    try (var replay = Replay.after(TABLES)) {
      replay.execute(
          "begin" + (sql.contains("serializable") ? " isolation level serializable" : ""));
      replay.observe(
          replay.observer,
          sql,
          CHANGE[0].replace("customer", "public.customer"),
          CHANGE[1].replace("customer", "public.customer"));
      replay.execute("commit");
      replay.observer.ended("one");

      isSeen(replay.observer.observations().getLast());
    }
  }

  private static void isSeen(ChangeSetObservation seen) {
    var steps = seen.steps();
    var scan = steps.get(steps.size() - 2);
    assertEquals(List.of(new TableScan(new TableName("public", "customer"), 1, 0)), scan.scans());
    assertEquals("public.customer.id", steps.getLast().drops().getFirst().identity());
    assertEquals(LockMode.ACCESS_EXCLUSIVE, seen.locks().getFirst().mode());
    assertFalse(seen.isBlind(), seen.toString());
  }

  @Test
  void goesOnAsAnotherRole() throws SQLException {
    try (var replay = Replay.after(TABLES)) {
      var other = "other_" + replay.database.name();
      replay.database.execute(
          "create role %s; grant %s to %s; alter table customer owner to %s"
              .formatted(other, other, replay.role, other));

      isSeen(replay.run("set role " + other, CHANGE[0], CHANGE[1]));
    }
  }

  @Test
  void goesOnWhereTriggersAreOff() throws SQLException {
    try (var replay = Replay.after(TABLES)) {
      replay.database.execute("alter role %s superuser".formatted(replay.role));

      isSeen(replay.run("set session_replication_role = replica", CHANGE[0], CHANGE[1]));
    }
  }

  @Test
  void goesOnAfterTheSessionWasDiscarded() throws SQLException {
    try (var replay = Replay.after(TABLES)) {
      replay.runOutside("discard all");

      isSeen(replay.run(CHANGE));
    }
  }

  @Test
  void isBlindForScansWhereNothingIsCounted() throws SQLException {
    try (var replay = Replay.after(TABLES)) {
      replay.database.execute("alter role %s superuser".formatted(replay.role));
      var seen = replay.run("set local track_counts = off", CHANGE[0]);

      assertTrue(
          seen.steps().getLast().blind().getFirst().why().startsWith("track_counts is off"),
          seen.toString());
    }
  }

  @Test
  void refusesASessionThatCountsNothing() throws SQLException {
    try (var replay = Replay.after(TABLES)) {
      replay.database.execute("alter role %s superuser".formatted(replay.role));
      replay.execute("set track_counts = off");

      var refusal = assertThrows(ObservationRefusedException.class, () -> replay.run("select 1"));
      assertTrue(
          String.valueOf(refusal.getMessage()).contains("counts 0 for one scan"),
          refusal.getMessage());
    }
  }

  @Test
  void refusesAServerThatCountsNothing() throws SQLException {
    try (var replay = Replay.after()) {
      replay.database.execute("drop schema sluice_rehearsal cascade");
      try (var superuser = replay.database.connect();
          var statement = superuser.createStatement()) {
        statement.execute("set track_counts = off");

        assertThrows(ObservationRefusedException.class, () -> ObserverSchema.install(superuser));
      }
      assertEquals(
          List.of("0"),
          replay.database.query(
              "select count(*) from pg_namespace where nspname = 'sluice_rehearsal'"));
    }
  }
}
