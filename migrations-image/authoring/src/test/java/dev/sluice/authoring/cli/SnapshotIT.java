package dev.sluice.authoring.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.database.Deadline;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.rehearsal.DevServer;
import dev.sluice.migrations.rehearsal.PostgresHome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotIT {
  private static final String SCHEMA =
      """
      create schema shop;
      create type shop.mood as enum ('glad', 'sad');
      create domain shop.amount as int check (value > 0);
      create table shop.users (id int generated always as identity primary key, email text unique,
        mood shop.mood default 'glad', born date not null, n shop.amount);
      create table orders (id serial primary key, user_id int references shop.users, note text);
      create index orders_note on orders (lower(note));
      create function total() returns bigint language sql as 'select count(*) from orders';
      create function touch() returns trigger language plpgsql as 'begin return new; end';
      create trigger touched before update on orders for each row execute function touch();
      create view glad as select email from shop.users where mood = 'glad';
      create materialized view counts as select count(*) from orders;
      create table logs (at date) partition by range (at);
      create table logs_2026 partition of logs for values from ('2026-01-01') to ('2027-01-01');
      alter table orders enable row level security;
      create policy own on orders using (user_id = 1);
      comment on table orders is 'what was ordered';
      grant select on orders to public;
      insert into shop.users (email, born) values ('ann@example.com', '2000-01-01');
      create schema sluice;
      create table sluice.databasechangelog (id text);
      create table flyway_schema_history (id int);
      """;

  @TempDir private Path folder = Path.of("");

  /** By pg_dump, where the machine has one of that version. */
  @ParameterizedTest
  @ValueSource(ints = {15, 18})
  void theSchemaIsWrittenWithoutRowsAndHistory(int major) throws Exception {
    try (var server = server(major)) {
      execute(server, SCHEMA);
      var file = folder.resolve("schema.sql");
      var ran =
          Sluice.withServers().run("snapshot", "--url", server.url(), "--file", file.toString());
      assertThat(ran.exit()).as(ran.all()).isZero();
      assertThat(Files.readString(file))
          .contains("CREATE TABLE shop.users", "CREATE MATERIALIZED VIEW public.counts")
          .contains("check_function_bodies")
          .doesNotContain("ann@example.com", "flyway_schema_history", "sluice.", "\\restrict")
          .doesNotContain("GRANT", "set_config", "SET lock_timeout");
      // what it writes makes the same once more, run by anybody
      execute(server, "drop schema shop cascade; drop schema public cascade; create schema public");
      execute(server, Files.readString(file));
      var again = Sluice.withServers().run("snapshot", "--url", server.url());
      assertThat(again.exit()).as(again.all()).isZero();
      assertThat(again.out()).contains("CREATE TABLE shop.users");
    }
  }

  @Test
  void rolesThatItNamesAreMadeForTheProof() throws Exception {
    try (var server = server(18)) {
      execute(server, "create role someone; create table t (id int)");
      execute(server, "create policy p on t to someone");
      var file = folder.resolve("schema.sql");
      var arguments = new String[] {"snapshot", "--url", server.url(), "--file", file.toString()};
      var ran = Sluice.withServers().run(arguments);
      // the replay makes roles that are missing, as a rehearsal does
      assertThat(ran.exit()).as(ran.all()).isZero();
      assertThat(Files.readString(file)).contains("someone");
    }
  }

  /** Which pg_dump knows, and the comparison doesn't. */
  @Test
  void whatDoesNotMakeTheSameSchemaIsNotWrittenUnlessAskedFor() throws Exception {
    try (var server = server(18)) {
      execute(server, "create table t (id int); alter table t replica identity full");
      var file = folder.resolve("schema.sql");
      var arguments = new String[] {"snapshot", "--url", server.url(), "--file", file.toString()};
      var ran = Sluice.withServers().run(arguments);
      if (ran.exit() == 0) {
        assertThat(Files.readString(file)).contains("REPLICA IDENTITY FULL");
        return;
      }
      assertThat(ran.exit()).as(ran.all()).isEqualTo(20);
      assertThat(ran.err()).contains("it changes table public.t");
      assertThat(file).doesNotExist();
      var asked =
          Sluice.withServers()
              .run("snapshot", "--url", server.url(), "--unproven", "--file", file.toString());
      assertThat(asked.exit()).isZero();
      assertThat(asked.err()).contains("WARNING not proven: it changes table public.t");
      assertThat(file).exists();
    }
  }

  @Test
  void aDatabaseThatIsNotThereIsNamed() {
    var ran = Sluice.withServers().run("snapshot", "--url", "postgresql://ann@127.0.0.1:1/shop");
    assertThat(ran.exit()).isEqualTo(10);
    assertThat(ran.err()).contains("127.0.0.1:1");
  }

  @Test
  void withoutADatabaseItSaysHowToNameOne() {
    var ran = Sluice.withServers().run("snapshot");
    assertThat(ran.exit()).isEqualTo(40);
    assertThat(ran.err()).contains("--url postgresql://user@host/name", "DATABASE_URL");
  }

  private static DevServer server(int major) throws Exception {
    var home = PostgresHome.of(Sluice.withServers().environment());
    return DevServer.starting(home, major, new Stop(Deadline.in(Duration.ZERO)));
  }

  private static void execute(DevServer server, String sql) throws Exception {
    var address = "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + DevServer.DATABASE;
    try (var connection = DriverManager.getConnection(address, "postgres", server.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
