package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands for a folder by itself, and what they and status say by their exit codes. */
class ValidateIT {
  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestChangelog changelog = fixture.changelog().twoOfDrizzle();
  private final String root = changelog.root().toString();
  private final TestRunner sluice = fixture.runner().with("SLUICE_CHANGELOG", "drizzle");

  private int validate(String... options) {
    var words = new String[options.length + 2];
    words[0] = "--root";
    words[1] = root;
    System.arraycopy(options, 0, words, 2, options.length);
    return sluice.command("validate", words);
  }

  @Test
  void needsNoDatabase() {
    sluice.with("PGPORT", "1");
    assertThat(validate()).as("sluice.sum isn't there").isEqualTo(40);
    assertThat(sluice.command("hash", "--root", root)).isZero();
    assertThat(validate()).isZero();
    changelog.with("drizzle/0001_orders.sql", "select 'edited'");
    assertThat(validate()).isEqualTo(40);
    assertThat(sluice.command("hash", "--root", root)).isZero();
    assertThat(validate()).isZero();
  }

  @Test
  void looksAtTheDatabaseWhereThatIsAsked() {
    sluice.command("hash", "--root", root);
    sluice.run();
    changelog.with("drizzle/0001_orders.sql", "select 'edited'");
    sluice.command("hash", "--root", root);
    assertThat(validate()).as("the folder agrees with itself").isZero();
    assertThat(validate("--database")).as("it was edited after it was applied").isEqualTo(20);
  }

  @Test
  void aLiquibaseChangelogHasNoFolderToCheck() {
    changelog.with("root.sql", TestChangelog.TWO_TABLES);
    sluice.with("SLUICE_CHANGELOG", "root.sql");
    assertThat(validate()).isEqualTo(40);
    assertThat(validate("--database")).isZero();
    assertThat(sluice.command("hash", "--root", root)).isEqualTo(40);
  }

  @Test
  void statusSaysByItsExitCodeThatSomethingIsPending() {
    assertThat(sluice.command("status")).isZero();
    assertThat(sluice.command("status", "--exit-code")).isEqualTo(3);
    sluice.run();
    assertThat(sluice.command("status", "--exit-code")).isZero();
  }
}
