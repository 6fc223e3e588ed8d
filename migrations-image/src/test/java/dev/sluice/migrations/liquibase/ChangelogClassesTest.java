package dev.sluice.migrations.liquibase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import liquibase.change.custom.CustomTaskChange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangelogClassesTest {
  @TempDir Path root;

  private List<String> jars() throws Exception {
    try (var classes = ChangelogClasses.below(root)) {
      return Stream.of(classes.getURLs()).map(url -> new File(url.getPath()).getName()).toList();
    }
  }

  @Test
  void areInTheJarsOfLibInTheOrderOfTheirNames() throws Exception {
    new TestChangelog(root)
        .with("lib/b.jar", "")
        .with("lib/a.jar", "")
        .with("lib/a.txt", "")
        .with("lib/deeper/c.jar", "")
        .with("other.jar", "");
    assertThat(jars()).containsExactly("a.jar", "b.jar");
  }

  @Test
  void areNoneWithoutThatFolder() throws Exception {
    assertThat(jars()).isEmpty();
    new TestChangelog(root).with("lib", "a file");
    assertThat(jars()).isEmpty();
  }

  @Test
  void seeLiquibaseAndTheRunner() throws Exception {
    try (var classes = ChangelogClasses.below(root)) {
      assertThat(classes.loadClass("liquibase.change.custom.CustomTaskChange"))
          .isSameAs(CustomTaskChange.class);
    }
  }
}
