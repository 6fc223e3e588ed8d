package dev.sluice.migrations.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrizzleJournalTest {
  private static final String BREAK = "--> statement-breakpoint";

  @TempDir Path root;
  private TestChangelog changelog;

  @BeforeEach
  void twoMigrations() {
    changelog =
        new TestChangelog(root)
            .drizzle("db", "0000_a", "0001_b")
            .with("db/0000_a.sql", "select 1;")
            .with("db/0001_b.sql", "select 2;");
  }

  private Folder read() {
    return switch (FolderReading.of(root, "db", Placeholders.of(Map.of()))) {
      case FolderReading.Read(var folder) -> folder;
      case FolderReading.Refused refused -> throw new AssertionError(refused.message());
    };
  }

  private FolderReading.Refused refused() {
    return switch (FolderReading.of(root, "db", Placeholders.of(Map.of()))) {
      case FolderReading.Read(var folder) -> throw new AssertionError(folder.toString());
      case FolderReading.Refused refused -> refused;
    };
  }

  private List<String> chunks(String text) {
    changelog.with("db/0000_a.sql", text);
    return read().migrations().getFirst().chunks().stream().map(Chunk::sql).toList();
  }

  private void journal(String text) {
    changelog.with("db/meta/_journal.json", text);
  }

  @Test
  void theJournalIsTheOrder() {
    changelog.drizzle("db", "0001_b", "0000_a");
    assertThat(read().migrations())
        .extracting(Migration::path)
        .containsExactly("db/0001_b.sql", "db/0000_a.sql");
  }

  @Test
  void theToolsHashIsOfTheTextAsItIs() {
    changelog.with("db/0000_a.sql", "\uFEFFselect 1;\r\n");
    assertThat(read().migrations().getFirst().tool())
        .isEqualTo(
            new ToolIdentity.Drizzle(
                "0000_a",
                "0ce1a315e8d453541dfee34a980aa24a148ea8cd68ebf96a4b4dde51391e2307",
                1_700_000_000_000L));
  }

  @Test
  void otherLineEndsAreNoEdit() {
    changelog.with("db/0000_a.sql", "select 1,\n2;\n");
    var before = read().migrations().getFirst().checksum();
    changelog.with("db/0000_a.sql", "\uFEFFselect 1,\r\n2;\r\n");
    assertThat(read().migrations().getFirst().checksum()).isEqualTo(before);
  }

  @Test
  void splitsAtBreakpointsOnly() {
    var sql = "select 1; select 2;" + BREAK + "\r\n\r\n" + BREAK + "\n-- x";
    assertThat(chunks(sql)).containsExactly("select 1; select 2;", "\r\n\r\n", "\n-- x");
  }

  @Test
  void leavesOutTheByteOrderMarkOnly() {
    assertThat(chunks("\uFEFFselect '\r\n\uFEFF'")).containsExactly("select '\r\n\uFEFF'");
  }

  @Test
  void oneChunkMayBeEmpty() {
    assertThat(chunks("")).containsExactly("");
  }

  @Test
  void namesAFileThatIsNotThere() {
    changelog.without("db/0001_b.sql");
    assertThat(refused().file()).isEqualTo("db/0001_b.sql");
    assertThat(refused().message()).contains("meta/_journal.json");
  }

  @Test
  void warnsOfAFileThatTheJournalLacks() {
    changelog.with("db/0002_c.sql", "select 3;");
    assertThat(read().strays()).anyMatch(w -> w.startsWith("db/0002_c.sql"));
    assertThat(read().migrations()).hasSize(2);
  }

  @Test
  void warnsOfTimesThatDrizzleWouldPassOver() {
    journal(
        """
        {"version": "5", "dialect": "pg", "entries": [
          {"idx": 0, "when": 5, "tag": "0000_a", "breakpoints": false},
          {"idx": 1, "when": 5, "tag": "0001_b"}]}
        """);
    assertThat(read().warnings())
        .anySatisfy(w -> assertThat(w).contains("db/0001_b.sql").contains("db/0000_a.sql"));
  }

  @Test
  void refusesAMigrationThatIsListedTwice() {
    changelog.drizzle("db", "0000_a", "0000_a");
    assertThat(refused().message()).contains("0000_a.sql twice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[1, 2",
        "{} x",
        "{\"entries\": 5}",
        "{\"entries\": [{\"tag\": \"0000_a\"}]}",
        "{\"entries\": [{\"tag\": \"../x\", \"when\": 1}]}",
        "{\"entries\": [{\"tag\": \"/etc/x\", \"when\": 1}]}",
        "{\"version\": \"99\", \"entries\": []}",
        "{\"dialect\": \"mysql\", \"entries\": []}"
      })
  void refusesAJournalThatIsNone(String text) {
    journal(text);
    assertThat(refused().file()).isEqualTo("db/meta/_journal.json");
  }

  @Test
  void refusesTextThatIsNotUtf8() throws IOException {
    Files.write(root.resolve("db/0001_b.sql"), new byte[] {'s', (byte) 0xff});
    assertThat(refused().message()).isEqualTo("db/0001_b.sql isn't UTF-8");
  }

  @Test
  void refusesAStatementThatNeedsItsOwnChunk() {
    changelog.with("db/0001_b.sql", "create index concurrently i on t (c); select 1;");
    assertThat(refused().file()).isEqualTo("db/0001_b.sql");
    assertThat(refused().hint()).contains("statement-breakpoint");
  }

  @Test
  void refusesTwoLayoutsAtOnce() {
    changelog.with("db/20240101000000_x/migration.sql", "select 1;");
    assertThat(refused().message()).contains("Drizzle's journal").contains("v1");
  }

  @Test
  void refusesAFolderOfNoLayout() {
    changelog.with("other/notes.txt", "").with("other/x.sql", "");
    assertThat(FolderReading.of(root, "other", Placeholders.of(Map.of())))
        .isInstanceOfSatisfying(
            FolderReading.Refused.class,
            r -> assertThat(r.message()).startsWith("other is a folder"));
  }

  @Test
  void readsTheFoldersOfVersionOne() {
    changelog
        .with("v1/20240102030405_b/migration.sql", "select 2;")
        .with("v1/20240101000000_a/migration.sql", "select 1;")
        .with("v1/20240101000000_a/snapshot.json", "{}")
        .with("v1/20240101000000_a-b/migration.sql", "select 1;")
        .with("v1/stray.sql", "select 3;");
    assertThat(FolderReading.of(root, "v1", Placeholders.of(Map.of())))
        .isInstanceOfSatisfying(
            FolderReading.Read.class,
            read -> {
              assertThat(read.folder().migrations())
                  .extracting(Migration::path)
                  .containsExactly(
                      "v1/20240101000000_a/migration.sql",
                      "v1/20240101000000_a-b/migration.sql",
                      "v1/20240102030405_b/migration.sql");
              assertThat(read.folder().migrations().getLast().tool())
                  .isInstanceOfSatisfying(
                      ToolIdentity.Drizzle.class,
                      tool -> {
                        assertThat(tool.name()).isEqualTo("20240102030405_b");
                        assertThat(tool.when()).isEqualTo(1_704_164_645_000L);
                      });
              assertThat(read.folder().strays()).anyMatch(w -> w.startsWith("v1/stray.sql"));
            });
  }

  @Test
  void sumsMustMatchAndBeComplete() throws IOException {
    var a = FileDigests.sha256(Files.readAllBytes(root.resolve("db/0000_a.sql")));
    var b = FileDigests.sha256(Files.readAllBytes(root.resolve("db/0001_b.sql")));
    changelog.with(
        "db/sluice.sum", "0000_a.sql sha256:%s\r\n0001_b.sql sha256:%s\n".formatted(a, b));
    assertThat(read().hasSums()).isTrue();
    changelog.with("db/sluice.sum", "0000_a.sql sha256:" + a);
    assertThat(refused().message()).isEqualTo("db/0001_b.sql isn't in sluice.sum");
    changelog.with("db/sluice.sum", "0000_a.sql sha256:%s\n0001_b.sql sha256:%s".formatted(b, b));
    assertThat(refused().message()).contains("db/0000_a.sql isn't what");
    changelog.with("db/sluice.sum", "0009_z.sql sha256:" + a);
    assertThat(refused().message()).contains("db/0009_z.sql is in sluice.sum");
    changelog.with("db/sluice.sum", "what is this");
    assertThat(refused().file()).isEqualTo("db/sluice.sum");
  }

  @Test
  void knowsWhenThereAreNoSums() {
    assertThat(read().hasSums()).isFalse();
    assertThat(read().remarks()).isEmpty();
  }

  @Test
  void noLinkLeadsOutOfTheRoot(@TempDir Path other) throws Exception {
    var secret = Files.writeString(other.resolve("secret"), "canary");
    changelog.without("db/0001_b.sql");
    Files.createSymbolicLink(root.resolve("db/0001_b.sql"), secret);
    assertThat(refused().message())
        .isEqualTo("db/0001_b.sql is a link to what is outside of the changelog's root");
    changelog.without("db/meta/_journal.json");
    Files.createSymbolicLink(root.resolve("db/meta/_journal.json"), secret);
    assertThat(refused().message()).startsWith("db/meta/_journal.json is a link to what is");
  }

  @Test
  void noLinkLeadsNowhere() throws Exception {
    Files.createSymbolicLink(root.resolve("db/0002_c.sql"), Path.of("nowhere"));
    assertThat(refused().message()).isEqualTo("db/0002_c.sql is a link to what isn't there");
  }

  @Test
  void aFileInCapitalsIsNoMigrationWithAWarning() {
    changelog.with("db/0002_c.SQL", "select 1;");
    assertThat(read().strays()).anyMatch(w -> w.startsWith("db/0002_c.SQL: isn't in meta"));
  }
}
