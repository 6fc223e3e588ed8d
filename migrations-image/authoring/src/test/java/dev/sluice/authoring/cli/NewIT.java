package dev.sluice.authoring.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewIT {
  private final Sluice sluice = Sluice.withServers();

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void theRealDrizzleKitGoesOnUndisturbed(int version) throws Exception {
    var kit = RealDrizzleKit.project(version, folder);
    kit.schema("id: integer().primaryKey(), email: text()").run("generate", "--name", "init");
    assertThat(run("hash").exit()).isZero();

    var ran = run("new", "--name", "backfill-emails");
    assertThat(ran.exit()).as(ran.all()).isZero();

    assertThat(kit.run("generate", "--name", "nothing")).contains("No schema changes");
    // in a folder of its own, named by the second
    Thread.sleep(1_100);
    kit.schema("id: integer().primaryKey(), email: text(), tier: text()")
        .run("generate", "--name", "add_tier");
    assertThat(kit.run("check").replace("\n", " ")).contains("verything's fine");
    assertThat(sql("add_tier")).contains("ADD COLUMN \"tier\" text").doesNotContain("CREATE");

    assertThat(run("hash").exit()).isZero();
    var rehearsed = run("rehearse");
    assertThat(rehearsed.exit()).as(rehearsed.all()).isZero();
    assertThat(rehearsed.out()).contains("[2/3]", "backfill", "[3/3]", "add_tier");
  }

  @Test
  void aNameThatIsNoneIsRefusedWithTheNearest() {
    var ran = run("new", "--name", "BackfillEmails");
    assertThat(ran.exit()).isEqualTo(40);
    assertThat(ran.err())
        .contains("--name is in kebab-case", "BackfillEmails", "--name backfill-emails");
    assertThat(folder.resolve("drizzle")).doesNotExist();
  }

  @Test
  void withoutANameThereIsOneAtRandom() {
    var ran = run("new", "--output", "json");
    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .containsPattern("\"migrations\": \\[\\s*\"0000_[a-z]+-[a-z]+\"")
        .contains("\"exit\": 0");
    var rehearsed = run("rehearse");
    assertThat(rehearsed.exit()).as(rehearsed.all()).isZero();
  }

  @Test
  void aFolderThatIsNoneStaysAsItIs() throws Exception {
    Files.createDirectories(folder.resolve("drizzle"));
    Files.writeString(folder.resolve("drizzle/notes.txt"), "mine");
    var ran = run("new", "--name", "fill");
    assertThat(ran.exit()).isEqualTo(40);
    try (var left = Files.list(folder.resolve("drizzle"))) {
      assertThat(left).containsExactly(folder.resolve("drizzle/notes.txt"));
    }
  }

  private Sluice.Ran run(String verb, String... more) {
    var arguments = new ArrayList<String>();
    arguments.add(verb);
    arguments.addAll(List.of("--root", folder.toString(), "--changelog", "drizzle"));
    arguments.addAll(List.of(more));
    return sluice.run(arguments.toArray(String[]::new));
  }

  private String sql(String name) throws IOException {
    try (var files = Files.walk(folder.resolve("drizzle"))) {
      var file =
          files
              .filter(path -> path.toString().endsWith(".sql") && path.toString().contains(name))
              .findFirst()
              .orElseThrow();
      return Files.readString(file);
    }
  }
}
