package dev.sluice.migrations.faults;

import java.util.List;
import java.util.stream.Stream;

/**
 * One of the twelve changesets: its statements, and how a person undoes it when it was cut off in
 * its middle. A transactional one also counts itself in a table.
 */
record Step(String name, boolean transactional, List<String> parts, List<String> undo) {
  static final List<Step> ALL =
      List.of(
          counted("00_tables", "create table counted (name text)", "create table t (i int)"),
          counted("01_rows", "insert into t select generate_series(1, 200)"),
          counted("02_more", "create table a (i int); create table b (i int)", "drop table b"),
          open(
              "03_index",
              List.of("create index concurrently t_i on t (i)"),
              List.of("drop index concurrently if exists t_i")),
          counted("04_type", "create type color as enum ('red')"),
          open(
              "05_value",
              List.of(
                  "alter type color add value if not exists 'blue'",
                  "create table c (c color default 'blue')"),
              List.of("drop table if exists c")),
          counted("06_table", "create table d (i int primary key)"),
          open("07_vacuum", List.of("vacuum t"), List.of()),
          counted("08_update", "update t set i = i + 1000"),
          open(
              "09_unique",
              List.of(
                  "insert into counted values ('09_unique')",
                  "create unique index concurrently t_u on t (i)"),
              List.of(
                  "delete from counted where name = '09_unique'",
                  "drop index concurrently if exists t_u")),
          open(
              "10_commits",
              List.of("create table n (i int)", "insert into n values (1)"),
              List.of("drop table if exists n")),
          counted("11_last", "alter table d add column k int"));

  /** All that count themselves, the one without a transaction too. */
  static List<String> counting() {
    return ALL.stream()
        .filter(step -> step.parts().stream().anyMatch(part -> part.contains("into counted")))
        .map(Step::name)
        .toList();
  }

  private static Step counted(String name, String... parts) {
    var count = "insert into counted values ('%s')".formatted(name);
    return new Step(
        name, true, Stream.concat(Stream.of(parts), Stream.of(count)).toList(), List.of());
  }

  private static Step open(String name, List<String> parts, List<String> undo) {
    return new Step(name, false, parts, undo);
  }
}
