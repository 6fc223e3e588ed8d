package dev.sluice.migrations.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutsideReachTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "copy t from program 'curl x'",
        "COPY t (a, b) TO PROGRAM 'gzip'",
        "copy t from '/data/t.csv' with (format csv)",
        "copy (select 1) to E'/tmp/x'",
        "create subscription s connection 'host=x' publication p",
        "drop subscription if exists s",
        "create server s foreign data wrapper postgres_fdw",
        "create user mapping for current_user server s",
        "create foreign table f (id int) server s",
        "import foreign schema public from server s into app",
        "alter system set work_mem = '1GB'",
        "create tablespace fast location '/ssd'",
        "create extension if not exists dblink",
        "create extension \"postgres_fdw\" schema public",
        "load 'auto_explain'",
        "-- why\n/* how */ load 'auto_explain'"
      })
  void reachesOut(String sql) {
    var reach = OutsideReach.of(sql);
    assertThat(reach.outside()).hasSize(1);
    assertThat(reach.inside()).isBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "copy t from stdin",
        "copy t to stdout",
        "create extension if not exists pgcrypto",
        "create table subscription (id int); drop table server",
        "create table t (copy text, program text)",
        "select 'copy t from program ''x'''",
        "do $$ begin execute 'alter system set x = 1'; end $$",
        "create user app; alter user app set search_path = app",
        "alter table t add column system text",
        "create view copy_from_program as select 1",
        ""
      })
  void staysInside(String sql) {
    assertThat(OutsideReach.of(sql)).isEqualTo(new OutsideReach(sql, List.of()));
  }

  @Test
  void theRestIsSent() {
    var reach =
        OutsideReach.of("create table t (id int);\nload 'x';\n-- and\ninsert into t values (1);");
    assertThat(reach.outside()).containsExactly("LOAD 'x'");
    assertThat(reach.inside())
        .contains("create table t (id int);")
        .contains("insert into t values (1);")
        .doesNotContain("load");
  }
}
