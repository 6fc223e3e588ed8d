package dev.sluice.authoring.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.FolderReading;
import dev.sluice.migrations.folder.Layout;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.folder.Placeholders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WritableFolderTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:20:30.123Z");
  private static final Placeholders NONE = Placeholders.of(Map.of());

  @TempDir private Path root = Path.of("");

  @Test
  void theFirstMigrationsOfAnEmptyFolderGetAJournalAndSums() throws Exception {
    write(Layout.DRIZZLE_JOURNAL, "init", "add-tier");
    assertThat(names(read())).containsExactly("0000_init", "0001_add-tier");
    assertThat(read().hasSums()).isTrue();
    assertThat(text("0000_init.sql"))
        .isEqualTo("-- made\nselect 'init';\n--> statement-breakpoint\nselect 2;\n");
    assertThat(text("meta/_journal.json"))
        .isEqualTo(
            """
            {
              "version": "7",
              "dialect": "postgresql",
              "entries": [
                {
                  "idx": 0,
                  "version": "7",
                  "when": 1772360430123,
                  "tag": "0000_init",
                  "breakpoints": true
                },
                {
                  "idx": 1,
                  "version": "7",
                  "when": 1772360430124,
                  "tag": "0001_add-tier",
                  "breakpoints": true
                }
              ]
            }\
            """
                .strip());
  }

  @Test
  void aJournalKeepsWhatItHasAndTimesGoUp() throws Exception {
    put("db/0007_old.sql", "select 1");
    put(
        "db/meta/_journal.json",
        """
        {"version":"6","dialect":"pg","more":[true,null,1.5],
         "entries":[{"idx":7,"version":"6","when":1999999999999,"tag":"0007_old","breakpoints":false}]}
        """);
    write(Layout.DRIZZLE_JOURNAL, "add-tier");
    assertThat(names(read())).containsExactly("0007_old", "0008_add-tier");
    assertThat(text("meta/_journal.json"))
        .contains("\"version\": \"6\"", "\"when\": 2000000000000", "1.5", "\"breakpoints\": false");
    assertThat(Files.exists(root.resolve("db/sluice.sum"))).isFalse();
  }

  @Test
  void foldersOfDrizzleAreNamedByTheirTimeAfterAllOthers() throws Exception {
    put("db/20260301102030_old/migration.sql", "select 1");
    write(Layout.DRIZZLE_JOURNAL, "add-tier", "next");
    assertThat(names(read()))
        .containsExactly("20260301102030_old", "20260301102031_add_tier", "20260301102032_next");
  }

  @Test
  void versionsOfFlywayAreCountedOn() throws Exception {
    put("db/V9__nine.sql", "select 1");
    put("db/V10.5__ten.sql", "select 1");
    put("db/R__views.sql", "select 1");
    write(Layout.DRIZZLE_JOURNAL, "add-tier", "next");
    assertThat(names(read()))
        .containsExactly("V9__nine", "V10.5__ten", "V10.6__add_tier", "V10.7__next", "R__views");
  }

  @Test
  void versionsOfFlywayKeepTheirDigits() throws Exception {
    put("db/V0009__nine.sql", "select 1");
    write(Layout.DRIZZLE_JOURNAL, "add-tier");
    assertThat(names(read())).containsExactly("V0009__nine", "V0010__add_tier");
  }

  @Test
  void versionsOfFlywayThatAreTimesStayTimes() throws Exception {
    put("db/V20250101000000__old.sql", "select 1");
    write(Layout.DRIZZLE_JOURNAL, "add-tier");
    assertThat(names(read())).contains("V20260301102030__add_tier");
  }

  @ParameterizedTest
  @CsvSource({
    "V1__a, V2__fill_emails",
    "V001__a, V002__fill_emails",
    "V1.2__a, V1.3__fill_emails",
    "V1_9__a, V1_10__fill_emails",
    "V2026.02.01__a, V2026.02.02__fill_emails",
    "V20250101__a, V20260301__fill_emails",
    "V202501010000__a, V202603011020__fill_emails",
    "V20990101000000__a, V20990101000001__fill_emails",
    "B0042__all, V0043__fill_emails"
  })
  void aCustomMigrationOfFlywaysIsNumberedAsTheFolderNumbers(String there, String next)
      throws Exception {
    put("db/" + there + ".sql", "select 1");
    assertThat(custom().migrations()).containsExactly(next);
    assertThat(text(next + ".sql")).startsWith("-- custom: ");
  }

  @ParameterizedTest
  @CsvSource({
    "0003_a, 0004_fill-emails",
    "20250101000000_a, 20260301102030_fill-emails",
    "1700000000_a, 1772360430_fill-emails"
  })
  void aCustomMigrationOfDrizzlesHasThePrefixOfTheFolder(String there, String next)
      throws Exception {
    put("db/" + there + ".sql", "select 1");
    put(
        "db/meta/_journal.json",
        """
        {"version":"7","dialect":"postgresql",
         "entries":[{"idx":3,"version":"7","when":1700000000000,"tag":"%s","breakpoints":true}]}
        """
            .formatted(there));
    assertThat(custom().migrations()).containsExactly(next);
  }

  @Test
  void aCustomMigrationCopiesTheSnapshotBefore() throws Exception {
    write(Layout.DRIZZLE_JOURNAL, "init");
    put("db/meta/0000_snapshot.json", "{\"id\":\"a\",\"prevId\":\"0\",\"tables\":{\"t\":1}}");
    assertThat(custom().written().sequencedKeySet())
        .containsExactly(
            "0001_fill-emails.sql", "meta/0001_snapshot.json", "sluice.sum", "meta/_journal.json");
    assertThat(text("meta/0001_snapshot.json"))
        .isEqualTo(
            """
            {
              "id": "00000000-0000-0001-0000-000000000002",
              "prevId": "a",
              "tables": {
                "t": 1
              }
            }\
            """
                .strip());
  }

  @Test
  void aCustomMigrationOfFoldersCopiesTheSnapshotBefore() throws Exception {
    put("db/20250101000000_init/migration.sql", "select 1");
    put("db/20250101000000_init/snapshot.json", "{\"id\":\"a\",\"prevIds\":[\"0\"],\"ddl\":[]}");
    var added = custom().migrations().getFirst();
    assertThat(added).isEqualTo("20260301102030_fill_emails");
    assertThat(text(added + "/snapshot.json")).contains("\"prevIds\": [\n    \"a\"\n  ]");
  }

  @Test
  void afterTwoBranchesThereIsNoSnapshotToCopy() throws Exception {
    write(Layout.DRIZZLE_JOURNAL, "init");
    put("db/meta/0000_snapshot.json", "{\"id\":\"a\",\"prevId\":\"0\"}");
    put("db/meta/0001_snapshot.json", "{\"id\":\"b\",\"prevId\":\"0\"}");
    assertThatThrownBy(this::custom)
        .isInstanceOf(WriteRefusedException.class)
        .hasMessageContaining("meta/0000_snapshot.json, meta/0001_snapshot.json");
    assertThat(names(read())).containsExactly("0000_init");
  }

  private FolderEdit custom() throws WriteRefusedException {
    var folder = folder(Layout.DRIZZLE_JOURNAL);
    var edit = folder.addingCustom(new MigrationName("fill-emails"), NOW, new UUID(1, 2));
    folder.write(edit);
    return edit;
  }

  @Test
  void sumsGoAlongWhereTheyAre() throws Exception {
    write(Layout.FLYWAY, "init");
    write(Layout.FLYWAY, "add-tier");
    assertThat(read().hasSums()).isTrue();
    assertThat(text("sluice.sum")).contains("V1__init.sql", "V2__add_tier.sql");
  }

  @Test
  void aWriteThatWasCutOffBeforeItsListIsTakenAway() throws Exception {
    write(Layout.FLYWAY, "init");
    put("db/.sluice-write/0", "half");
    assertThat(names(folder(Layout.FLYWAY).folder())).containsExactly("V1__init");
    assertThat(root.resolve("db/.sluice-write")).doesNotExist();
  }

  @Test
  void aWriteThatWasCutOffAfterItsListIsDone() throws Exception {
    put("db/V1__init.sql", "select 1");
    put("db/.sluice-write/1", "select 3");
    put("db/V2__two.sql", "select 2");
    put("db/.sluice-write/list", "write V2__two.sql\nwrite V3__three.sql\ndelete V1__init.sql\n");
    assertThat(names(folder(Layout.FLYWAY).folder())).containsExactly("V2__two", "V3__three");
    assertThat(root.resolve("db/.sluice-write")).doesNotExist();
  }

  @Test
  void aStrayFileOfThatNameIsNotOverwritten() throws Exception {
    write(Layout.DRIZZLE_JOURNAL, "init");
    put("db/0001_add-tier.sql", "mine");
    assertThatThrownBy(() -> write(Layout.DRIZZLE_JOURNAL, "add-tier"))
        .isInstanceOf(WriteRefusedException.class)
        .hasMessageContaining("0001_add-tier.sql is there already");
    assertThat(text("0001_add-tier.sql")).isEqualTo("mine");
    assertThat(names(read())).containsExactly("0000_init");
  }

  private void write(Layout layout, String... names) throws WriteRefusedException {
    var folder = folder(layout);
    var migrations =
        List.of(names).stream()
            .map(name ->
                new NewMigration(
                    new MigrationName(name),
                    List.of("made"),
                    List.of("select '" + name + "'", "select 2;")))
            .toList();
    folder.write(folder.adding(migrations, NOW));
  }

  private WritableFolder folder(Layout layout) throws WriteRefusedException {
    return WritableFolder.read(root, "db", layout, NONE);
  }

  private Folder read() {
    return FolderReading.of(root, "db", NONE) instanceof FolderReading.Read(var folder)
        ? folder
        : fail();
  }

  private Folder fail() {
    throw new AssertionError(FolderReading.of(root, "db", NONE).toString());
  }

  private static List<String> names(Folder folder) {
    return folder.migrations().stream().map(Migration::name).toList();
  }

  private String text(String name) throws IOException {
    return Files.readString(root.resolve("db").resolve(name));
  }

  private void put(String name, String text) throws IOException {
    var file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
