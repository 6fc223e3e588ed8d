package dev.sluice.migrations.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InsertedValuesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into t values (1)",
        "INSERT INTO public.t (a, b) VALUES (1, 'x;y'), (2, '--');",
        "-- the first\n/* and */ Insert into \"T\"(a)values(now());\ninsert into t values (2)",
        "INSERT INTO t (a) OVERRIDING SYSTEM VALUE VALUES (1) ON CONFLICT DO NOTHING"
      })
  void valuesAndNothingElse(String sql) {
    assertThat(InsertedValues.only(sql)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-- insert into t values (1)",
        "insert into t select * from u",
        "insert into t values ((select max(a) from u))",
        "with u as (delete from v returning a) insert into t values (1)",
        "insert into t values (1); delete from t",
        "insert into t values (1); truncate u",
        "insert into t default values",
        "insert into t table u",
        "update t set a = 1"
      })
  void anythingElse(String sql) {
    assertThat(InsertedValues.only(sql)).isFalse();
  }
}
