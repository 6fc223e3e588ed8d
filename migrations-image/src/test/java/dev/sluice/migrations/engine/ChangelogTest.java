package dev.sluice.migrations.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.report.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangelogTest {
  @TempDir Path root;

  private String missing(String path) {
    var failure = new Changelog(root, path, List.of(), "", "", Map.of()).missing().orElseThrow();
    assertThat(failure.reason()).isEqualTo(Reason.CHANGELOG_MISSING);
    return failure.message();
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "root.sql", "db/root.sql", "./root.sql", "a/../root.sql", "..a"})
  void isBelowTheRoot(String path) {
    assertThat(Changelog.isPath(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "/etc/passwd", "..", "../x", "a/../../x", "a/..", "./", "a\0b"})
  void isNothingElse(String path) {
    assertThat(Changelog.isPath(path)).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Changelog(root, path, List.of(), "", "", Map.of()));
  }

  @Test
  void isNamedWithoutDetours() {
    assertThat(new Changelog(root, "./a/../root.sql", List.of(), "", "", Map.of()).path())
        .isEqualTo("root.sql");
    assertThat(new Changelog(root, ".", List.of(), "", "", Map.of()).path()).isEmpty();
  }

  @Test
  void isThereAsAFileOrAsAFolder() {
    new TestChangelog(root).with("db/root.sql", "");
    assertThat(new Changelog(root, "db/root.sql", List.of(), "test", "v1", Map.of()).missing())
        .isEmpty();
    assertThat(new Changelog(root, "db", List.of(), "", "", Map.of()).missing()).isEmpty();
  }

  @Test
  void aFolderHasNoContextsAndNoLabels() {
    new TestChangelog(root).with("db/V1__a.sql", "");
    for (var changelog :
        new Changelog[] {
          new Changelog(root, "db", List.of(), "test", "", Map.of()),
          new Changelog(root, "db", List.of(), "", "test", Map.of())
        }) {
      var failure = changelog.missing().orElseThrow();
      assertThat(failure.reason()).isEqualTo(Reason.CONFIGURATION_INVALID);
      assertThat(failure.message())
          .isEqualTo("contexts and labels are Liquibase's, and db is an SQL folder");
    }
  }

  @Test
  void whereItIsMissingTheNamesThatAreThereAreSaid() {
    new TestChangelog(root).with("b.sql", "").with("a/x.sql", "").with("..data/b.sql", "");
    assertThat(missing("root.sql")).isEqualTo("root.sql isn't there; " + root + " holds a/, b.sql");
  }

  @Test
  void noMoreThanTenNamesAreSaid() {
    var changelog = new TestChangelog(root);
    for (var i = 10; i < 21; i++) {
      changelog.with(i + ".sql", "");
    }
    assertThat(missing("root.sql")).endsWith("18.sql, 19.sql, …").doesNotContain("20.sql");
  }

  @Test
  void anEmptyRootHoldsNothing() {
    assertThat(missing("root.sql")).endsWith(" holds nothing");
  }

  @Test
  void aRootThatIsNoFolderHoldsNothing() {
    new TestChangelog(root).with("file", "");
    var failure =
        new Changelog(root.resolve("file"), "root.sql", List.of(), "", "", Map.of())
            .missing()
            .orElseThrow();
    assertThat(failure.message()).endsWith(" holds nothing: it isn't a folder");
  }
}
