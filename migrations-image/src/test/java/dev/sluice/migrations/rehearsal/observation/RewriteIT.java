package dev.sluice.migrations.rehearsal.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewriteIT {
  private static final TableName CUSTOMER = new TableName("public", "customer");
  private static final String TABLES =
      "create domain positive int check (value > 0);"
          + "create table customer (id int primary key, email varchar(20), n int)";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "alter table customer add column c uuid default gen_random_uuid() | COLUMN_DEFAULT",
        "alter table customer add column c int generated always as (n + 1) stored | COLUMN_DEFAULT",
        "alter table customer alter n type bigint                         | COLUMN_TYPE",
        "do $$ begin execute 'alter table customer alter n type bigint'; end $$ | COLUMN_TYPE",
        "alter table customer set unlogged                                | PERSISTENCE",
        "cluster customer using customer_pkey                             | UNNAMED",
      })
  void reportsARewriteWithItsReason(String sql, RewriteReason reason) throws SQLException {
    try (var replay = Replay.after(TABLES)) {
      var step = replay.run(sql).steps().getFirst();

      assertEquals(List.of(new Rewrite(CUSTOMER, Set.of(reason))), step.rewrites());
      assertEquals(List.of(), step.truncated());
      assertEquals(LockMode.ACCESS_EXCLUSIVE, step.taken().getFirst().mode());
    }
  }

  @Test
  void aTableThatWasRewrittenHasBeenRead() throws SQLException {
    try (var replay = Replay.after(TABLES)) {
      var step = replay.run("alter table customer alter n type bigint").steps().getFirst();

      assertTrue(step.scans().getFirst().sequential() >= 1, step.toString());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "truncate customer",
        "do $$ begin truncate customer; end $$",
        "lock customer; truncate customer restart identity cascade",
      })
  void aTruncatedTableIsNotARewrittenOne(String sql) throws SQLException {
    try (var replay = Replay.after(TABLES)) {
      var step = replay.run(sql).steps().getFirst();

      assertEquals(List.of(CUSTOMER), step.truncated());
      assertEquals(List.of(), step.rewrites());
    }
  }

  @Test
  void aTableWithRowsIsTruncatedToo() throws SQLException {
    try (var replay = Replay.after(TABLES, "insert into customer values (1)", "analyze customer")) {
      var seen = replay.run("select 1", "truncate customer", "select 1");

      assertEquals(
          List.of(List.of(), List.of(CUSTOMER), List.of()),
          seen.steps().stream().map(StepObservation::truncated).toList());
    }
  }

  @Test
  void aRefreshedViewIsRewritten() throws SQLException {
    try (var replay = Replay.after(TABLES, "create materialized view m as select 1 as n")) {
      var step = replay.run("refresh materialized view m").steps().getFirst();

      assertEquals(new TableName("public", "m"), step.rewrites().getFirst().table());
      assertEquals(List.of(), step.truncated());
    }
  }
}
