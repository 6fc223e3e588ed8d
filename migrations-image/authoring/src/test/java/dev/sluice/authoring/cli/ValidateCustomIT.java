package dev.sluice.authoring.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValidateCustomIT {
  private final Sluice sluice = Sluice.withServers();

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void aTable() throws IOException {
    Files.createDirectories(folder.resolve("db"));
    Files.writeString(folder.resolve("db/V1__init.sql"), "create table users (id int, email text)");
    run("hash");
  }

  @Test
  void aCustomMigrationThatChangesTheSchemaIsNamed() throws IOException {
    custom("alter table users add tier text; create index on users (tier)");
    var ran = run("validate", "--rehearse");
    assertThat(ran.exit()).as(ran.all()).isZero();
    assertThat(ran.out())
        .contains(
            "WARNING db/V2__fill.sql: is a custom migration, and changes the schema: adds column"
                + " public.users.tier, adds index public.users_tier_idx");
    assertThat(run("validate").out()).doesNotContain("custom");
  }

  @Test
  void itIsRefusedOnRequest() throws IOException {
    custom("drop table users");
    var ran = run("validate", "--custom", "Refuse", "--output", "json");
    assertThat(ran.exit()).isEqualTo(30);
    assertThat(ran.out())
        .contains("\"result\":\"invalid\"", "drops table public.users", "\"exit\":30");
  }

  /** Whatever comes and goes in it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          insert into users values (1, 'a'); update users set email = 'b'
          create table helper (i int); insert into users select i from helper; drop table helper
          create temporary table helper as select * from users
          create function f() returns int language sql as 'select 1'; select f(); drop function f()
          alter table users disable trigger all; delete from users; alter table users enable trigger all
          """)
  void oneThatLeavesItAsItWasPasses(String sql) throws IOException {
    custom(sql);
    var ran = run("validate", "--custom", "Refuse");
    assertThat(ran.exit()).as(ran.all()).isZero();
    assertThat(ran.out()).contains("all of them ran, 1 of them custom");
  }

  /** In a block, by dynamic SQL: what counts is what is there afterwards. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          do $$ begin execute 'alter table users alter email set not null'; end $$ | changes column public.users.email
          comment on column users.email is 'of whom' | changes column public.users.email
          grant select on users to public | changes table public.users
          alter table users enable row level security | changes table public.users
          create type mood as enum ('a') | adds type public.mood
          """)
  void nothingIsHidden(String sql, String change) throws IOException {
    custom(sql);
    assertThat(run("validate", "--custom", "Refuse").out()).contains(change);
  }

  @Test
  void anOrdinaryMigrationMayChangeIt() throws IOException {
    Files.writeString(folder.resolve("db/V2__tier.sql"), "alter table users add tier text");
    run("hash");
    var ran = run("validate", "--custom", "Refuse");
    assertThat(ran.exit()).as(ran.all()).isZero();
    assertThat(ran.out()).contains("0 of them custom");
  }

  @Test
  void oneThatFailsIsNamedWithItsPlace() throws IOException {
    custom("select 1;\ninsert into nowhere values (1)");
    var ran = run("validate", "--rehearse");
    assertThat(ran.exit()).isEqualTo(20);
    assertThat(ran.out()).contains("db/V2__fill.sql", "relation \"nowhere\" does not exist");
  }

  /** Whose folder has snapshots needs no comment. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void drizzleKitsCustomMigrationIsKnownByItsSnapshot(int version) throws Exception {
    var kit = RealDrizzleKit.project(version, folder);
    kit.schema("id: integer().primaryKey()").run("generate", "--name", "init");
    Thread.sleep(1_100);
    kit.run("generate", "--custom", "--name", "mine");
    try (var files = Files.walk(folder.resolve("drizzle"))) {
      var mine =
          files.filter(file -> file.toString().matches(".*mine(/migration)?\\.sql")).toList();
      assertThat(mine).hasSize(1);
      Files.writeString(mine.getFirst(), "alter table users add tier text");
    }
    sluice.run("hash", "--root", folder.toString(), "--changelog", "drizzle");
    var ran =
        sluice.run(
            "validate",
            "--root",
            folder.toString(),
            "--changelog",
            "drizzle",
            "--custom",
            "Refuse");
    assertThat(ran.exit()).as(ran.all()).isEqualTo(30);
    assertThat(ran.out()).contains("mine", "adds column public.users.tier");
  }

  private void custom(String sql) throws IOException {
    assertThat(run("new", "--name", "fill").exit()).isZero();
    Files.writeString(folder.resolve("db/V2__fill.sql"), sql + ";\n", StandardOpenOption.APPEND);
    run("hash");
  }

  private Sluice.Ran run(String verb, String... more) {
    var arguments =
        new ArrayList<>(List.of(verb, "--root", folder.toString(), "--changelog", "db"));
    arguments.addAll(List.of(more));
    return sluice.run(arguments.toArray(String[]::new));
  }
}
