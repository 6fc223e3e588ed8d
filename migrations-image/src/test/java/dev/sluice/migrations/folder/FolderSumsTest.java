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

class FolderSumsTest {
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
    return FolderReading.of(root, "db", Placeholders.of(Map.of()))
            instanceof FolderReading.Read(var folder)
        ? folder
        : throwing();
  }

  private Folder throwing() {
    throw new AssertionError(FolderReading.of(root, "db", Placeholders.of(Map.of())).toString());
  }

  private FolderSums.Result.Written write() {
    return (FolderSums.Result.Written) FolderSums.write(root, "db");
  }

  @Test
  void theFolderIsAsItsSumsSayUntilAFileIsEdited() {
    assertThat(FolderFindings.in(read())).singleElement().asString().contains("run sluice hash");
    assertThat(write().added()).containsExactly("0000_a.sql", "0001_b.sql");
    assertThat(FolderFindings.in(read())).isEmpty();
    changelog.with("db/0001_b.sql", "select 3;");
    assertThat(FolderReading.of(root, "db", Placeholders.of(Map.of())))
        .isInstanceOfSatisfying(
            FolderReading.Refused.class,
            refused -> assertThat(refused.hint()).contains("sluice hash"));
  }

  @Test
  void aSecondWritingSaysWhatIsOther() throws IOException {
    write();
    assertThat(write()).isEqualTo(written(List.of(), List.of(), List.of()));
    changelog
        .drizzle("db", "0001_b", "0002_c")
        .with("db/0001_b.sql", "select 3;")
        .with("db/0002_c.sql", "select 4;");
    assertThat(write())
        .isEqualTo(written(List.of("0002_c.sql"), List.of("0001_b.sql"), List.of("0000_a.sql")));
    try (var files = Files.list(root.resolve("db"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("sluice.sum")
          .noneMatch(name -> name.endsWith(".new"));
    }
  }

  private static FolderSums.Result.Written written(
      List<String> added, List<String> changed, List<String> removed) {
    return new FolderSums.Result.Written("db/sluice.sum", 2, added, changed, removed);
  }

  @Test
  void aFolderThatCannotBeReadIsNamedAndKeepsItsSums() throws IOException {
    write();
    var before = Files.readString(root.resolve("db/sluice.sum"));
    changelog.without("db/0001_b.sql");
    assertThat(FolderSums.write(root, "db"))
        .isInstanceOfSatisfying(
            FolderSums.Result.Refused.class,
            refused -> assertThat(refused.message()).contains("db/0001_b.sql"));
    assertThat(root.resolve("db/sluice.sum")).hasContent(before);
  }

  @Test
  void findsANumberThatIsThereTwiceAndAFileThatIsNoMigration() {
    changelog
        .drizzle("db", "0000_a", "0001_b", "0001_c")
        .with("db/0001_c.sql", "select 3;")
        .with("db/0007_stray.sql", "select 4;");
    write();
    assertThat(FolderFindings.in(read()))
        .containsExactly(
            "db/0007_stray.sql: isn't in meta/_journal.json, so it is no migration",
            "db/0001_c.sql: has the number of db/0001_b.sql; generate the later one anew");
  }

  @Test
  void settingsOfFlywayAreAmongThem() {
    new TestChangelog(root)
        .with("db/flyway.conf", "flyway.placeholders.a=1")
        .with("db/V1__a.sql", "select 1")
        .with("db/V1__a.sql.conf", "executeInTransaction=false");
    changelog.without("db/meta/_journal.json");
    assertThat(write().added()).contains("flyway.conf", "V1__a.sql", "V1__a.sql.conf");
    changelog.with("db/flyway.conf", "flyway.placeholders.a=2");
    assertThat(FolderReading.of(root, "db", Placeholders.of(Map.of())))
        .isInstanceOf(FolderReading.Refused.class);
  }
}
