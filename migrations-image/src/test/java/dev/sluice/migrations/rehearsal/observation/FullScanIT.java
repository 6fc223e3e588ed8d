package dev.sluice.migrations.rehearsal.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables are empty here: what is counted doesn't depend on rows. */
class FullScanIT {
  private static final String CUSTOMER =
      "create domain positive int check (value > 0);"
          + "create table customer (id int primary key, email varchar(20), n int);"
          + "create table orders (id int primary key, customer_id int);"
          + "alter table customer add constraint valid check (n is not null)";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "alter table customer alter email set not null          | 1",
        "alter table customer alter n set not null              | 0",
        "alter table customer add check (n > 0)                 | 1",
        "alter table customer add check (n > 0) not valid       | 0",
        "alter table customer add foreign key (n) references orders            | 1",
        "alter table customer add foreign key (n) references orders not valid  | 0",
        "alter table customer add column o int references orders               | 0",
        "create index on customer (email)                       | 1",
        "create unique index on customer (email)                | 1",
        "alter table customer add column c text default 'x'     | 0",
        "alter table customer add column c int not null         | 1",
        "alter table customer add column c positive             | 2",
        "alter table customer alter email type varchar(30)      | 0",
        "alter table customer alter email type text             | 0",
        "update customer set n = 1                              | 1",
        "select count(*) from customer                          | 1",
        "do $$ begin perform 1 from customer; end $$            | 1",
        "insert into customer values (1, 'a', 1)                | 0",
        "comment on table customer is 'c'                       | 0",
      })
  void countsEachTimeThatTheWholeTableIsRead(String sql, int scans) throws SQLException {
    try (var replay = Replay.after(CUSTOMER)) {
      var step = replay.run(sql).steps().getFirst();

      assertEquals(scans, of(step, "customer"), step.toString());
      assertEquals(List.of(), step.blind());
    }
  }

  private static long of(StepObservation step, String table) {
    return step.scans().stream()
        .filter(scan -> scan.table().equals(new TableName("public", table)))
        .mapToLong(TableScan::sequential)
        .sum();
  }

  @Test
  void aCheckOfAnIndexedForeignKeyReadsTheIndex() throws SQLException {
    try (var replay = Replay.after(CUSTOMER, "create index on orders (customer_id)")) {
      var step =
          replay
              .run("alter table orders add foreign key (customer_id) references customer")
              .steps()
              .getFirst();

      assertEquals(
          List.of(1L),
          step.scans().stream().map(scan -> scan.sequential() + scan.index()).toList(),
          step.toString());
    }
  }

  @Test
  void whatWasCountedBeforeTheChangeSetIsNotItsOwn() throws SQLException {
    try (var replay = Replay.after(CUSTOMER, "select * from customer", "select * from customer")) {
      var seen = replay.run("select * from orders", "select * from customer");

      assertEquals(
          List.of(new TableScan(new TableName("public", "customer"), 1, 0)),
          seen.steps().getLast().scans());
    }
  }

  @Test
  void aStepHasItsOwnScansOnly() throws SQLException {
    try (var replay = Replay.after(CUSTOMER)) {
      var seen =
          replay.run(
              "alter table customer alter email set not null", "select * from orders", "select 1");

      assertEquals(
          List.of(1L, 1L, 0L),
          seen.steps().stream()
              .map(step -> step.scans().stream().mapToLong(TableScan::sequential).sum())
              .toList());
      assertEquals(0, of(seen.steps().get(1), "customer"));
    }
  }

  @Test
  void tablesOfTheSameChangeSetAreNotReported() throws SQLException {
    try (var replay = Replay.after(CUSTOMER)) {
      var seen =
          replay.run(
              "create table fresh (id int, c text)",
              "alter table fresh alter c set not null",
              "create index on fresh (c)",
              "alter table fresh alter c type int using 1",
              "truncate fresh",
              "alter table fresh drop column id",
              "drop table fresh");

      seen.steps().forEach(step -> assertEquals(List.of(), step.scans(), step.toString()));
      seen.steps().forEach(step -> assertEquals(List.of(), step.rewrites(), step.toString()));
      seen.steps().forEach(step -> assertEquals(List.of(), step.truncated(), step.toString()));
      seen.steps().forEach(step -> assertEquals(List.of(), step.drops(), step.toString()));
      assertEquals(List.of(), seen.locks());
    }
  }

  @Test
  void attachingAPartitionReadsTheDefaultPartition() throws SQLException {
    try (var replay =
        Replay.after(
            "create table event (d date) partition by range (d);"
                + "create table event_other partition of event default;"
                + "create table event_2026 (d date)")) {
      var step =
          replay
              .run(
                  "alter table event attach partition event_2026 for values from ('2026-01-01') to"
                      + " ('2027-01-01')")
              .steps()
              .getFirst();

      assertEquals(1, of(step, "event_other"), step.toString());
      assertEquals(1, of(step, "event_2026"), step.toString());
    }
  }

  @Test
  void ledgersAndTemporaryTablesAreNotReported() throws SQLException {
    try (var replay =
        Replay.after("create table databasechangeloglock (id int); create temp table t (id int)")) {
      var seen =
          replay.run(
              "update databasechangeloglock set id = 1; select * from t; lock"
                  + " databasechangeloglock",
              "truncate t",
              "drop table t",
              "alter table databasechangeloglock drop column id",
              "select * from pg_catalog.pg_class");

      seen.steps().forEach(step -> assertEquals(List.of(), step.scans(), step.toString()));
      seen.steps().forEach(step -> assertEquals(List.of(), step.drops(), step.toString()));
      seen.steps().forEach(step -> assertEquals(List.of(), step.commands(), step.toString()));
      assertEquals(List.of(), seen.locks());
    }
  }
}
