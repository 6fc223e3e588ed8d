package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A database that Liquibase 3.10 has migrated, with its checksums, which begin with {@code 8:}. */
class OldLiquibaseIT {
  private static final String TWO =
      """
      --liquibase formatted sql
      --changeset ann:1
      create table t1 (i int, v varchar(10) default 'a;b');
      --changeset ann:2 splitStatements:false
      create function one() returns int language sql as $$ select 1; $$;
      """;

  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog = fixture.changelog().with("db/root.sql", TWO);
  private final TestRunner sluice = fixture.runner().with("SLUICE_CHANGELOG", "db/root.sql");

  private void migratedByLiquibase3() throws Exception {
    var output = Files.createTempFile(changelog.root(), "liquibase", ".log");
    var liquibase =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Path.of("target", "liquibase-3").toAbsolutePath() + "/*",
                "liquibase.integration.commandline.Main",
                "--driver=org.postgresql.Driver",
                "--url=jdbc:postgresql://localhost:%d/%s"
                    .formatted(database.server().port(), database.name()),
                "--username=" + TestServer.USER,
                "--password=" + TestServer.SCRAM_PASSWORD,
                "--changeLogFile=db/root.sql",
                "update")
            .directory(changelog.root().toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(liquibase.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(liquibase.exitValue()).as(Files.readString(output)).isZero();
    assertThat(database.query("select left(md5sum, 2) from databasechangelog"))
        .containsExactly("8:", "8:");
  }

  @Test
  void runsOnlyTheRestAndTakesNoOldChecksumForAnEdit() throws Exception {
    migratedByLiquibase3();
    assertThat(sluice.run().report().outcome().label()).isEqualTo("NothingPending");
    changelog.with("db/root.sql", TWO + "--changeset ann:3\ncreate table t3 (i int);\n");
    assertThat(sluice.run().report().applied()).containsExactly("db/root.sql::3::ann");
    assertThat(database.query("select count(*) from databasechangelog where md5sum like '9:%'"))
        .containsExactly("3");
  }

  @Test
  void anEditIsStillOne() throws Exception {
    migratedByLiquibase3();
    changelog.with("db/root.sql", TWO.replace("i int", "i bigint"));
    assertThat(sluice.run().reason()).isEqualTo("ChecksumMismatch");
  }
}
