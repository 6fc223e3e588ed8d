package dev.sluice.migrations.liquibase;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.migrations.TestChangelog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import liquibase.resource.Resource;
import liquibase.resource.ResourceAccessor.SearchOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // its close() throws Exception
class ChangelogFilesTest {
  @TempDir Path folder;
  private Path root;
  private TestChangelog changelog;

  @BeforeEach
  void files() throws IOException {
    root = Files.createDirectory(folder.resolve("root"));
    changelog =
        new TestChangelog(root).with("root.yaml", "").with("db/A.SQL", "a").with("db/b.sql", "b");
  }

  private static String read(ChangelogFiles files, String path) throws IOException {
    try (var in = files.getExisting(path).openInputStream()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void rememberTheSqlThatWasReadOnly() throws Exception {
    try (var files = new ChangelogFiles(root)) {
      read(files, "root.yaml");
      assertThat(files.sqlFilesRead()).isEmpty();
      assertThat(read(files, "db/A.SQL")).isEqualTo("a");
      assertThat(files.sqlFilesRead()).containsExactly("db/A.SQL");
    }
  }

  @Test
  void belowTheRootAreCoveredByTheFingerprint() throws Exception {
    try (var files = new ChangelogFiles(root)) {
      read(files, "db/b.sql");
      assertThat(files.leftTheRoot()).isFalse();
    }
  }

  @Test
  void besideTheRootAreRefused() throws Exception {
    Files.writeString(folder.resolve("beside.sql"), "x");
    Files.createSymbolicLink(root.resolve("link.sql"), folder.resolve("beside.sql"));
    try (var files = new ChangelogFiles(root)) {
      for (var path : new String[] {"../beside.sql", "db/../../beside.sql", "link.sql"}) {
        assertThatThrownBy(() -> read(files, path))
            .isInstanceOf(OutsideOfTheRootException.class)
            .hasMessageStartingWith(path);
      }
      var sibling = files.get("db/b.sql");
      assertThatThrownBy(() -> sibling.resolveSibling("../../beside.sql"))
          .hasRootCauseInstanceOf(OutsideOfTheRootException.class);
      assertThatThrownBy(files::haveAllBeenBelowTheRoot).hasMessageStartingWith("../beside.sql");
    }
  }

  @Test
  void ofGitAreNot() throws Exception {
    changelog.with(".git/x.sql", "x");
    try (var files = new ChangelogFiles(root)) {
      read(files, ".git/x.sql");
      assertThat(files.leftTheRoot()).isTrue();
    }
  }

  @Test
  void ofAMountedConfigMapAreFoundOnce() throws Exception {
    changelog.with("..day/db/b.sql", "b");
    Files.createSymbolicLink(root.resolve("..data"), Path.of("..day"));
    var all = new SearchOptions();
    all.setRecursive(true);
    try (var files = new ChangelogFiles(root)) {
      assertThat(files.search("", all))
          .extracting(Resource::getPath)
          .containsExactlyInAnyOrder("root.yaml", "db/A.SQL", "db/b.sql");
    }
  }
}
