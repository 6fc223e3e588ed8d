package dev.sluice.authoring.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.database.Deadline;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.rehearsal.DevServer;
import dev.sluice.migrations.rehearsal.PostgresHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SquashIT {
  private final Sluice sluice = Sluice.withServers();

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void migrations() throws IOException {
    file("V1__init.sql", "create table users (id int primary key, email text)");
    file("V2__tier.sql", "alter table users add tier text; grant select on users to public");
    file("V3__view.sql", "create view emails as select email from users");
    file("V4__more.sql", "alter table users add more text");
    file("R__tiers.sql", "create or replace view tiers as select tier from users");
    run("hash");
  }

  @Test
  void databasesOldAndNewAreAtPeace() throws Exception {
    try (var old = server()) {
      assertThat(run("migrate", "--url", old.url()).exit()).isZero();
      var ran = run("squash", "--to", "V3__view", "--move-to", folder.resolve("old").toString());
      assertThat(ran.exit()).as(ran.all()).isZero();
      assertThat(ran.out()).contains("3 files are one", "db/B3__baseline.sql");
      assertThat(names("db"))
          .containsExactly("B3__baseline.sql", "R__tiers.sql", "V4__more.sql", "sluice.sum");
      assertThat(names("old")).containsExactly("V1__init.sql", "V2__tier.sql", "V3__view.sql");
      assertThat(text("sluice.sum")).contains("B3__baseline.sql").doesNotContain("V2__tier.sql");

      var status = run("status", "--url", old.url());
      assertThat(status.out()).as(status.all()).contains("pending: 0");
      var again = run("migrate", "--url", old.url());
      assertThat(again.exit()).as(again.all()).isZero();
      file("V5__next.sql", "alter table users add next text");
      run("hash");
      assertThat(run("migrate", "--url", old.url()).out()).contains("V5__next");
    }
    try (var fresh = server()) {
      var ran = run("migrate", "--url", fresh.url());
      assertThat(ran.exit()).as(ran.all()).isZero();
      assertThat(ran.out()).contains("B3__baseline", "V4__more");
    }
  }

  /** What it lacks is nowhere any more. */
  @Test
  void aDatabaseThatHasOnlySomeOfTheOldOnesIsRefused() throws Exception {
    try (var old = server()) {
      Files.delete(folder.resolve("db/V3__view.sql"));
      Files.delete(folder.resolve("db/V4__more.sql"));
      run("hash");
      assertThat(run("migrate", "--url", old.url()).exit()).isZero();
      file("V3__view.sql", "create view emails as select email from users");
      run("hash");
      assertThat(run("squash", "--to", "3").exit()).isZero();
      var ran = run("migrate", "--url", old.url());
      assertThat(ran.exit()).as(ran.all()).isEqualTo(20);
      assertThat(ran.out()).contains("MigrationMissing");
    }
  }

  @Test
  void rowsThatTheOldOnesLeaveAreNamed() throws Exception {
    file("V2__tier.sql", "alter table users add tier text; insert into users values (1)");
    run("hash");
    var ran = run("squash", "--to", "3");
    assertThat(ran.exit()).as(ran.all()).isEqualTo(40);
    assertThat(ran.err()).contains("leave rows in public.users", "--without-rows");
    assertThat(names("db")).hasSize(6);
    assertThat(run("squash", "--to", "3", "--without-rows").exit()).isZero();
  }

  @Test
  void onlyFlywaysFoldersAreSquashed() throws Exception {
    Files.createDirectories(folder.resolve("d/20250101000000_init"));
    Files.writeString(folder.resolve("d/20250101000000_init/migration.sql"), "select 1");
    var ran = sluice.run("squash", "--root", folder.toString(), "--changelog", "d", "--to", "x");
    assertThat(ran.exit()).isEqualTo(40);
    assertThat(ran.err()).contains("only folders of Flyway have baseline scripts");
  }

  @Test
  void aNameThatIsNotThereIsRefused() {
    assertThat(run("squash", "--to", "V9__none").err())
        .contains("--to names no migration", "V9__none", "V4__more");
  }

  private DevServer server() throws Exception {
    return DevServer.starting(
        PostgresHome.of(sluice.environment()), null, new Stop(Deadline.in(Duration.ZERO)));
  }

  private void file(String name, String sql) throws IOException {
    Files.createDirectories(folder.resolve("db"));
    Files.writeString(folder.resolve("db").resolve(name), sql);
  }

  private String text(String name) throws IOException {
    return Files.readString(folder.resolve("db").resolve(name));
  }

  private List<String> names(String of) throws IOException {
    try (var files = Files.list(folder.resolve(of))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private Sluice.Ran run(String verb, String... more) {
    var arguments =
        new ArrayList<>(List.of(verb, "--root", folder.toString(), "--changelog", "db"));
    arguments.addAll(List.of(more));
    return sluice.run(arguments.toArray(String[]::new));
  }
}
