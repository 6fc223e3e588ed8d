package dev.sluice.migrations.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {
  private static final Build BUILD = new Build("1", "5");

  @TempDir Path root;
  private TestChangelog files;

  @BeforeEach
  void aChangelog() {
    files = new TestChangelog(root).with("root.sql", "select 1").with("db/a.sql", "select 2");
  }

  private Optional<Fingerprint> of(String path, String contexts, String labels) {
    return Fingerprint.of(new Changelog(root, path, List.of(), contexts, labels, Map.of()), BUILD);
  }

  private Fingerprint fingerprint() {
    return of("root.sql", "", "").orElseThrow();
  }

  @Test
  void theSameTreeHasTheSame() {
    assertThat(fingerprint()).isEqualTo(fingerprint());
  }

  @Test
  void anyFileOfTheTreeCounts() {
    var before = fingerprint();
    files.with("db/a.sql", "select 3");
    assertThat(fingerprint()).as("another content").isNotEqualTo(before);
    files.with("db/a.sql", "select 2");
    assertThat(fingerprint()).as("as it was").isEqualTo(before);
    files.with("db/b.sql", "");
    assertThat(fingerprint()).as("another file").isNotEqualTo(before);
  }

  @Test
  void aNameCountsAndWhereItEnds() {
    files.with("ab", "c");
    var before = fingerprint();
    files.without("ab");
    files.with("a", "bc");
    assertThat(fingerprint()).isNotEqualTo(before);
  }

  @Test
  void pathContextsLabelsAndVersionsCount() {
    assertThat(
            List.of(
                fingerprint(),
                of("db/a.sql", "", "").orElseThrow(),
                of("root.sql", "test", "").orElseThrow(),
                of("root.sql", "", "test").orElseThrow(),
                version(new Build("2", "5")),
                version(new Build("1", "6"))))
        .doesNotHaveDuplicates();
  }

  private Fingerprint version(Build build) {
    return Fingerprint.of(new Changelog(root, "root.sql", List.of(), "", "", Map.of()), build)
        .orElseThrow();
  }

  @Test
  void theFoldersOfGitAndOfAMountedConfigMapDoNotCount() {
    var before = fingerprint();
    files.with(".git/HEAD", "x").with("..data/root.sql", "x").with("db/..day/a.sql", "x");
    assertThat(fingerprint()).isEqualTo(before);
  }

  @Test
  void aLinkCountsAsWhatItLeadsTo(@TempDir Path other) throws IOException {
    Files.writeString(other.resolve("x.sql"), "select 1");
    Files.createSymbolicLink(root.resolve("linked"), other);
    var before = fingerprint();
    Files.writeString(other.resolve("x.sql"), "select 2");
    assertThat(fingerprint()).isNotEqualTo(before);
  }

  @Test
  void aTreeOfMoreThan64MebibytesHasNone() throws IOException {
    try (var large = new RandomAccessFile(root.resolve("large").toFile(), "rw")) {
      large.setLength((64L << 20) + 1);
    }
    assertThat(of("root.sql", "", "")).isEmpty();
  }

  @Test
  void aTreeOfMoreThan5000FilesHasNone() throws IOException {
    var many = Files.createDirectory(root.resolve("many"));
    for (var i = 0; i < 4998; i++) {
      Files.createFile(many.resolve(String.valueOf(i)));
    }
    assertThat(of("root.sql", "", "")).as("5000").isPresent();
    Files.createFile(many.resolve("more"));
    assertThat(of("root.sql", "", "")).as("5001").isEmpty();
  }

  @Test
  void theStateOfTheLedgerCountsToo() {
    var fingerprint = fingerprint();
    assertThat(fingerprint.with("a"))
        .isEqualTo(fingerprint.with("a"))
        .isNotEqualTo(fingerprint.with("b"))
        .isNotEqualTo(new Fingerprint("other").with("a"));
  }
}
