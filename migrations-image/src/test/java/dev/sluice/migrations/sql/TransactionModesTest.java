package dev.sluice.migrations.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionModesTest {
  private static TransactionMode of(String sql) {
    return TransactionModes.of(List.of(SqlScan.of(sql, SourcePosition.startOf("a.sql"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create index concurrently i on t (c)",
        "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON t (c);",
        "/* a /* b */ c */ create -- x\n index\nconcurrently on t (c)",
        "drop index concurrently if exists a.i",
        "reindex table concurrently t",
        "reindex (verbose, concurrently) index i",
        "reindex schema public",
        "vacuum (analyze) t",
        "create database d",
        "drop tablespace s",
        "alter system set work_mem = '1MB'",
        "alter table t detach partition p concurrently",
        "-- sluice:no-transaction\nselect 1",
        "select 1;\n  --sluice:no-transaction  \n",
        "-- Flyway: executeInTransaction=false\nselect 1",
        "cluster",
        "cluster verbose;",
        "cluster (verbose);",
        "commit prepared 'x'",
        "alter subscription s set publication p",
        "select E'a'\n  -- and on\n  'it\\'s; x'; create index concurrently i on t (c)",
        "set standard_conforming_strings = off; select 'it\\'s; x'; vacuum"
      })
  void runsAlone(String sql) {
    assertThat(of(sql)).isEqualTo(TransactionMode.AUTOCOMMIT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-- nothing but a comment; commit;",
        "create index i on t (c)",
        "select 'create index concurrently; commit;'",
        "select E'it\\'s; commit;'",
        "select \"a;commit;\"\"commit;\"",
        "do $$ begin commit; vacuum; end $$",
        "do $a$ begin; $$; commit; $a$",
        "select $1; select a$b$c; select 1",
        "/* ; commit; */ select 1",
        "refresh materialized view concurrently m",
        "create function f() returns int begin atomic select case when true then 1 end; select 2;"
            + " end; select 1",
        "create rule r as on insert to t do also (select 1; delete from u)",
        "savepoint a; rollback to savepoint a; rollback work to a",
        "begin; select 1",
        "alter type color add value 'red'; insert into t values ('red')",
        "cluster t using i",
        "cluster (verbose) t",
        "cluster verbose a.t",
        "select 'a\\'; select 'b\n'\n'\\'; select 'vacuum'",
        "create type color as enum ('a'); alter type color add value 'red'; select 'red'::color",
        "comment on table t is 'sluice:no-transaction'",
        "insert into vacuum values (1)"
      })
  void runsInOneTransaction(String sql) {
    assertThat(of(sql)).isEqualTo(TransactionMode.TRANSACTION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "begin; select 1; commit;",
        "select 1; END",
        "rollback; select 1",
        "abort",
        "commit; create index concurrently i on t (c); begin;",
        "prepare transaction 'x'"
      })
  void endsItsTransaction(String sql) {
    assertThat(of(sql)).isEqualTo(TransactionMode.ENDS_ITS_TRANSACTION);
  }

  @Test
  void findsTheStatements() {
    var sql =
        """
        -- one; of
        create function f() returns int language sql begin atomic; select 1; end;
        do $body$ begin perform 1; end $body$ ;
        ;; insert into t values (';', E'\\';', U&';') ;
        /* rest; */
        """;
    assertThat(SqlScan.of(sql, SourcePosition.startOf("a.sql")).statements())
        .extracting(statement -> statement.word(0))
        .containsExactly("CREATE", "DO", "INSERT");
  }
}
