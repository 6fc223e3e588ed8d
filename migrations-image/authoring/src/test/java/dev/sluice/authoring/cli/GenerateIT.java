package dev.sluice.authoring.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.migrations.rehearsal.PostgresHome;
import dev.sluice.migrations.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateIT {
  private static final Path PAGE =
      Path.of(System.getProperty("sluice.root", "../.."), "docs", "writing-migrations.md");
  private static final Pattern BLOCK =
      Pattern.compile("(?m)^```(?<kind>sql|sh|text)\\n(?<text>(?s:.*?))^```$");

  @TempDir private Path folder = Path.of("");
  @TempDir private Path programs = Path.of("");

  @BeforeEach
  void onlyWhereThereAreServers() {
    assumeTrue(
        !PostgresHome.of(System.getenv()).majors().isEmpty(),
        "only a build on Linux makes target/postgres");
  }

  @Test
  void theCommandsOfThePagePrintWhatItSays() throws Exception {
    var program = Program.in(programs, folder);
    var last = new Program.Ended(0, "");
    var blocks = 0;
    for (var block = BLOCK.matcher(Files.readString(PAGE)); block.find(); blocks++) {
      var text = block.group("text");
      switch (block.group("kind")) {
        case "sql" -> Files.writeString(folder.resolve("schema.sql"), text);
        case "sh" -> last = program.run(text);
        default -> {
          assertThat(last.output()).isEqualTo(text);
          assertThat(last.exit()).isEqualTo(text.contains("  exit 30") ? 30 : 0);
        }
      }
    }
    assertThat(blocks).isGreaterThan(15);
  }

  @Test
  void questionsAreJsonAndAnswersAFileOfIt() throws Exception {
    schema("create table t (a int, email text, fax text);");
    assertThat(generate("init", "").exit()).isZero();
    schema("create table t (a int, mail text);");
    var asked = json(generate("next", "--output json"), 30);
    assertThat(asked.get("result")).isEqualTo("questions");
    assertThat(asked.toString())
        .contains("gone=t.email, candidates=[t.mail]", "gone=t.fax, candidates=[t.mail]");
    Files.writeString(folder.resolve("answers.json"), "{\"t.email\": \"mail\", \"t.fax\": null}");
    var refused = json(generate("next", "--output json --answers answers.json"), 30);
    assertThat(refused.toString()).contains("option=--allow-loss t.fax");
    var written =
        json(generate("next", "--output json --answers answers.json --allow-loss t.fax"), 0);
    assertThat(written.get("result")).isEqualTo("written");
    assertThat(written.get("migrations")).isEqualTo(List.of("0001_next"));
  }

  @Test
  void aCommandPrintsTheSchema() throws Exception {
    var program = Program.in(programs, folder);
    var failed =
        program.run(
            "sluice generate --name init --changelog db --schema-command 'echo no such schema >&2;"
                + " exit 3' 2>&1");
    assertThat(failed.exit()).isEqualTo(40);
    assertThat(failed.output()).contains("exited with 3", "  no such schema");
    var made =
        program.run(
            "sluice generate --name init --changelog db --schema-command 'echo \"create table t (a"
                + " int)\"'");
    assertThat(made.exit()).isZero();
    assertThat(folder.resolve("db/0000_init.sql")).content().contains("CREATE TABLE public.t");
  }

  @Test
  void mistakesOfTheCommandLineAreNamed() throws Exception {
    schema("create table t (a int);");
    assertThat(generate("Add_Tier", "2>&1").output()).contains("kebab-case");
    assertThat(generate("init", "--schema-command true 2>&1").output())
        .contains("one of --schema and --schema-command");
    assertThat(generate("init", "--rename nothing 2>&1").output()).contains("OLD=NEW");
    schema(" \n");
    assertThat(generate("init", "2>&1").output()).contains("the wanted schema is empty");
    assertThat(folder.resolve("db")).doesNotExist();
  }

  /** A drizzle-kit that writes what the real one does. */
  @Test
  void aFolderWithSnapshotsIsHandedOver() throws Exception {
    schema("create table t (a int);");
    assertThat(generate("init", "").exit()).isZero();
    Files.writeString(folder.resolve("db/meta/0000_snapshot.json"), "{}");
    var program = Program.in(programs, folder);
    var missing = program.run("sluice generate --name next --changelog db 2>&1");
    assertThat(missing.exit()).isEqualTo(40);
    assertThat(missing.output()).contains("there is no node_modules/.bin/drizzle-kit");
    var kit = folder.resolve("node_modules/.bin/drizzle-kit");
    Files.createDirectories(kit.getParent());
    Files.writeString(
        kit,
        """
        #!/bin/sh
        [ "$1 $2" = "generate --name" ] || exit 9
        echo 'ALTER TABLE "t" ADD COLUMN "b" text;' > db/0001_$3.sql
        sed -i 's/^  ]/  ,{"idx":1,"version":"7","when":1900000000000,"tag":"0001_'$3'","breakpoints":true}]/' db/meta/_journal.json
        echo '{}' > db/meta/0001_snapshot.json
        """);
    assertThat(kit.toFile().setExecutable(true)).isTrue();
    var made = program.run("sluice generate --name next --changelog db");
    assertThat(made.output()).contains("drizzle-kit wrote 0001_next", "wrote sluice.sum");
    assertThat(made.exit()).isZero();
    assertThat(program.run("sluice validate --changelog db").output())
        .contains("2 migrations, nothing is wrong");
    assertThat(program.run("sluice generate --name x --changelog db --schema schema.sql").exit())
        .isEqualTo(40);
  }

  private Program.Ended generate(String name, String more) throws Exception {
    return Program.in(programs, folder)
        .run(
            "sluice generate --name %s --changelog db --schema schema.sql %s"
                .formatted(name, more));
  }

  private void schema(String sql) throws IOException {
    Files.writeString(folder.resolve("schema.sql"), sql);
  }

  private static Map<?, ?> json(Program.Ended ended, int exit) throws Json.BadException {
    assertThat(ended.exit()).as(ended.output()).isEqualTo(exit);
    assertThat(Json.parse(ended.output())).isInstanceOf(Map.class);
    return (Map<?, ?>) Json.parse(ended.output());
  }
}
