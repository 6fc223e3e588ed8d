package dev.sluice.migrations.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person typed wrong is named as it was typed. */
class CommandLineMistakesIT {
  @RegisterExtension private final RunnerFixture fixture = new RunnerFixture();

  private record Said(int exit, String words) {}

  private Said said(Map<String, String> more, String... words) {
    var environment = new HashMap<>(more);
    environment.put("PGHOST", "localhost");
    environment.put("PGPORT", String.valueOf(fixture.database().server().port()));
    environment.put("PGDATABASE", fixture.database().name());
    environment.put("PGUSER", "postgres");
    var output = new ByteArrayOutputStream();
    var stream = new PrintStream(output, true, UTF_8);
    var out = System.out;
    var err = System.err;
    System.setOut(stream);
    System.setErr(stream);
    try {
      var exit = CommandLineProgram.run(words, environment, Signals.none());
      return new Said(exit, output.toString(UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--changelog ../a               | --changelog must be a path below the root (.)",
        "--changelog a --ledger-schema a-b | --ledger-schema must be a plain SQL identifier",
        "--changelog a --deadline soon  | --deadline must be a duration",
        "--changelog a --changelog /b   | --changelog must be",
        "--changelog a --parameters x   | parameters: x isn't there",
        "--deadline 5s                  | --changelog is not set",
      })
  void anOptionIsNamed(String options, String words) {
    var said = said(Map.of(), ("migrate " + options).split(" "));
    assertThat(said.words()).contains(words).doesNotContain("SLUICE_");
    assertThat(said.exit()).isEqualTo(40);
  }

  @Test
  void aVariableThatWasSetIsNamedItself() {
    var said = said(Map.of("SLUICE_DEADLINE", "soon"), "migrate", "--changelog", "a");
    assertThat(said.words()).contains("SLUICE_DEADLINE must be a duration");
  }

  @ParameterizedTest
  @CsvSource({
    "--json, --output json",
    "--Allow, --out-of-order allow",
    "--changlog=a, --changelog",
    "--dead, --deadline"
  })
  void anUnknownOptionIsSaidToBeUnknown(String option, String suggestion) {
    var said = said(Map.of(), "migrate", option);
    assertThat(said.words())
        .contains("Unknown option: '" + option + "'", "did you mean " + suggestion + "?")
        .doesNotContain("not set", "Missing");
    assertThat(said.exit()).isEqualTo(40);
  }

  @Test
  void commandsForPodsAreAGroupOfTheirOwn() {
    var groups = said(Map.of(), "--help").words().split("For pods:", 2);
    assertThat(groups[0])
        .contains("migrate", "rehearse")
        .doesNotContainPattern("(?m)^ +(run|check|login) ");
    assertThat(groups[1]).containsPattern("(?s)\\brun .*\\bcheck .*\\blogin ");
  }

  @Test
  void anAbsolutePathBelowTheRootIsTheSameChangelog() {
    fixture.changelog().with("sub/a.sql", "--liquibase formatted sql\n--changeset a:1\nselect 1;");
    var root = fixture.changelog().root();
    var absolute = root.resolve("sub/a.sql").toString();
    assertThat(said(Map.of(), "migrate", "--root", root.toString(), "--changelog", absolute).exit())
        .isZero();
    assertThat(fixture.database().query("select filename from databasechangelog"))
        .containsExactly("sub/a.sql");
    assertThat(
            said(Map.of(), "status", "--root", root.toString(), "--changelog", "sub/a.sql").words())
        .contains("applied: 1", "pending: 0");
  }

  @Test
  void onATerminalARefusedConnectionIsSoonGivenUp(@TempDir Path folder) throws Exception {
    assumeThat(Path.of("/usr/bin/script")).as("of util-linux").exists();
    var output = folder.resolve("output");
    Files.createFile(folder.resolve("a.sql"));
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var program =
        List.of(
            java,
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.sluice.migrations.cli.Main",
            "migrate",
            "--changelog",
            "a.sql");
    var command = new ArrayList<>(List.of("/usr/bin/script", "-qec"));
    command.add(String.join(" ", program));
    command.add("/dev/null");
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(Map.of("PGHOST", "127.0.0.1", "PGPORT", "1", "PGUSER", "ann"));
    var process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(11);
    assertThat(output).content().contains("DatabaseUnreachable", "--wait");
  }
}
