package dev.sluice.migrations.rehearsal.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A migration that is after its observer. */
class TamperingIT {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop schema sluice_rehearsal cascade",
        "alter schema sluice_rehearsal rename to elsewhere",
        "create table sluice_rehearsal.mine (id int)",
        "drop function sluice_rehearsal.after(bigint, bigint, boolean)",
        "create or replace function sluice_rehearsal.blindness() returns text return ''",
        "alter function sluice_rehearsal.begins(text) reset all",
        "delete from sluice_rehearsal.event",
        "insert into sluice_rehearsal.event (kind, id) values ('drop', 1)",
        "truncate sluice_rehearsal.event",
        "select setval('sluice_rehearsal.event_n_seq', 1)",
        "lock sluice_rehearsal.event",
        "drop event trigger sluice_rehearsal_drops",
        "alter event trigger sluice_rehearsal_drops disable",
        "drop owned by postgres cascade",
        "set track_counts = off",
        "set session_replication_role = replica",
        "select sluice_rehearsal.tables()",
        "select sluice_rehearsal.note_drops()",
      })
  void anOrdinaryRoleIsRefused(String sql) throws SQLException {
    try (var replay = Replay.after()) {
      var refusal = assertThrows(SQLException.class, () -> replay.run(sql));

      assertTrue(
          String.valueOf(refusal.getMessage())
              .matches("(?s).*(denied|must be owner|cannot drop).*"),
          refusal.getMessage());
    }
  }

  @Test
  void aDisabledTriggerIsNoticed() throws SQLException {
    try (var replay = superuser()) {
      var seen = replay.run("alter event trigger sluice_rehearsal_drops disable");

      assertEquals(
          "an event trigger of the rehearsal is disabled or missing: drops, rewrites and DDL"
              + " commands are not seen",
          seen.steps().getFirst().blind().getFirst().why());
    }
  }

  @Test
  void aMissingSchemaEndsTheReplay() throws SQLException {
    try (var replay = superuser()) {
      var refusal =
          assertThrows(
              ObservationRefusedException.class,
              () -> replay.run("drop schema sluice_rehearsal cascade"));

      assertTrue(
          String.valueOf(refusal.getMessage())
              .startsWith("The rehearsal can't be observed any longer: "),
          refusal.getMessage());
    }
  }

  private static Replay superuser() throws SQLException {
    var replay = Replay.after();
    replay.database.execute("alter role %s superuser".formatted(replay.role));
    return replay;
  }

  @Test
  void theReadingFunctionsTellNoMoreThanTheCatalogDoes() throws SQLException {
    try (var replay = Replay.after("create table customer (id int)")) {
      replay.execute("select * from sluice_rehearsal.begins('')");
      replay.execute("select * from sluice_rehearsal.after(0, 100000, true)");
      replay.execute("select * from sluice_rehearsal.outside('1/1')");

      assertEquals(1, replay.run("drop table customer").steps().getFirst().drops().size());
    }
  }
}
