package dev.sluice.migrations.rehearsal.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DropIT {
  private static final String TABLES =
      """
      create table customer (id int primary key, email text not null, n int default 1);
      create table orders (id int, customer_id int references customer);
      create view emails as select email from customer;
      create type mood as enum ('good', 'bad');
      create function clean() returns void language plpgsql as
        $$ begin execute 'drop table orders'; end $$
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "alter table customer drop column n | table column public.customer.n, default value for"
            + " public.customer.n",
        "drop table orders                  | table public.orders, table constraint"
            + " orders_customer_id_fkey on public.orders",
        "do $$ begin execute concat('drop table ', 'orders'); end $$ | table public.orders, table"
            + " constraint orders_customer_id_fkey on public.orders",
        "select clean()                     | table public.orders, table constraint"
            + " orders_customer_id_fkey on public.orders",
        "drop view emails                   | view public.emails",
        "drop type mood                     | type public.mood",
        "alter table customer alter email drop not null | ",
        "alter table customer alter n drop default      | default value for public.customer.n",
        "create table t (id int primary key); drop table t | ",
        "alter table customer rename n to m             | ",
        "alter table customer alter n type bigint       | ",
      })
  void reportsWhatIsGone(String sql, String gone) throws SQLException {
    try (var replay = Replay.after(TABLES)) {
      assertEquals(gone == null ? "" : gone, String.join(", ", dropped(replay, sql)));
    }
  }

  @Test
  void aColumnTakesItsKeysAlong() throws SQLException {
    try (var replay = Replay.after(TABLES)) {
      var step = replay.run("alter table customer drop column id cascade").steps().getFirst();

      assertEquals(
          List.of(
              new DroppedObject("table column", "public.customer.id", true, false),
              new DroppedObject(
                  "table constraint", "customer_pkey on public.customer", false, false),
              new DroppedObject("index", "public.customer_pkey", false, false),
              new DroppedObject(
                  "table constraint", "orders_customer_id_fkey on public.orders", false, true)),
          step.drops().stream().sorted((a, b) -> order(a) - order(b)).toList(),
          step.toString());
    }
  }

  private static int order(DroppedObject drop) {
    return drop.original()
        ? 0
        : drop.identity().contains("fkey") ? 3 : drop.objectType().equals("index") ? 2 : 1;
  }

  @Test
  void cascadeFromATypeReportsTheColumn() throws SQLException {
    try (var replay = Replay.after(TABLES, "create table t (id int, m mood)")) {
      var step = replay.run("drop type mood cascade").steps().getFirst();

      assertEquals(
          List.of("public.mood", "public.t.m"),
          step.drops().stream().map(DroppedObject::identity).sorted().toList());
    }
  }

  @Test
  void aCheckThatIsNamedLikeNotNullIsReported() throws SQLException {
    try (var replay =
        Replay.after(
            TABLES,
            "alter table customer add constraint n_not_null check (n is not null), add constraint"
                + " named check (n > 0)")) {
      assertEquals(
          List.of("table constraint n_not_null on public.customer"),
          dropped(replay, "alter table customer drop constraint n_not_null"));
    }
  }

  @Test
  void aCheckOfATableThatIsNamedLikeNotNullIsReported() throws SQLException {
    try (var replay = Replay.after("create table t_not_null (n int constraint c check (n > 0))")) {
      assertEquals(
          List.of("table constraint c on public.t_not_null"),
          dropped(replay, "alter table t_not_null drop constraint c"));
    }
  }

  /** 18 keeps the name, and reports its drop. */
  @Test
  void aNotNullWithANameOfItsOwnIsNoDroppedConstraint() throws SQLException {
    try (var replay = Replay.after("create table t (id int constraint mandatory not null)")) {
      assertEquals(List.of(), dropped(replay, "alter table t alter id drop not null"));
    }
  }

  @Test
  void keysOfANewTableAreNotReported() throws SQLException {
    try (var replay = Replay.after(TABLES)) {
      var seen =
          replay.run(
              "create table fresh (id int primary key, c int references customer)",
              "alter table fresh drop constraint fresh_pkey, drop constraint fresh_c_fkey");

      assertEquals(List.of(), seen.steps().getLast().drops());
      assertEquals(
          List.of(new DdlCommand("ALTER TABLE", "table", "public.fresh", false)),
          seen.steps().getLast().commands());
    }
  }

  private static List<String> dropped(Replay replay, String sql) throws SQLException {
    return replay.run(sql).steps().getFirst().drops().stream()
        .map(drop -> drop.objectType() + " " + drop.identity())
        .toList();
  }
}
