package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** docs/rehearsal.md: its files and commands, one after the other, print what the page says. */
final class RehearsalPageIT {
  private static final Path PAGE = Path.of("..", "docs", "rehearsal.md");
  private static final Pattern BLOCK =
      Pattern.compile("(?m)^```(?<kind>sql|sh|text|json)\\n(?<text>(?s:.*?))^```$");
  private static final Pattern EXIT = Pattern.compile("(?m)^  exit (\\d+): ");
  private static final Pattern TO_END = Pattern.compile("(?m)^to end it: (kill .*)$");

  /** What the page's URLs stand for is a database of this server. */
  private static final Pattern URL = Pattern.compile("postgresql://\\w+@[\\w.]+/\\w+");

  @TempDir private Path folder;
  @TempDir private Path programs;
  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private PageShell.Ended last = new PageShell.Ended(0, "");

  @BeforeEach
  void onlyWhereThereAreServers() {
    assumeTrue(Files.isDirectory(Path.of("target/postgres")), "only a build on Linux has them");
  }

  @Test
  void theCommandsOfThePagePrintWhatItSays() throws Exception {
    var page = Files.readString(PAGE);
    var shell = PageShell.in(programs, folder, Map.of());
    var blocks = 0;
    var before = page.substring(0, page.indexOf("## In the cluster"));
    var after = page.substring(page.indexOf("## What it can't judge"));
    for (var block = BLOCK.matcher(before + after); block.find(); blocks++) {
      var text = block.group("text");
      switch (block.group("kind")) {
        case "sql" -> write(text);
        case "sh" -> last = shell.run(onThisServer(text));
        case "text" -> printed(text, shell);
        case "json" -> observed(text);
        default -> throw new IllegalStateException(text);
      }
    }
    assertThat(blocks).isGreaterThan(12);
  }

  /** README's first command, for whoever has no database. */
  @Test
  void theReadmeBeginsWithWhatNeedsNoDatabase() throws Exception {
    var root = Path.of("..").toAbsolutePath().normalize();
    var shell = PageShell.in(programs, root, Map.of());
    var command =
        Files.readAllLines(root.resolve("README.md")).stream()
            .filter(line -> line.startsWith("    migrations-image/sluice "))
            .findFirst()
            .orElseThrow()
            .strip();
    assertThat(command).startsWith("migrations-image/sluice rehearse ");
    var ended = shell.run(command.substring("migrations-image/".length()));
    assertThat(ended.output()).contains("\nrehearsed 5 changesets on PostgreSQL 18");
    assertThat(ended.exit()).isZero();
  }

  private void write(String sql) throws IOException {
    var name = sql.substring("-- ".length(), sql.indexOf('\n'));
    var file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling("meta"));
    Files.writeString(file, sql);
    try (var files = Files.list(file.resolveSibling("."))) {
      var entries =
          files
              .map(entry -> entry.getFileName().toString())
              .filter(entry -> entry.endsWith(".sql"))
              .sorted()
              .map(RehearsalPageIT::entry)
              .collect(Collectors.joining(","));
      Files.writeString(
          file.resolveSibling("meta/_journal.json"),
          "{\"version\":\"7\",\"dialect\":\"postgresql\",\"entries\":[" + entries + "]}");
    }
  }

  private static String entry(String file) {
    return """
    {"idx":%1$d,"version":"7","when":170000000000%1$d,"tag":"%2$s","breakpoints":true}\
    """
        .formatted(Integer.parseInt(file.substring(0, 4)), file.replace(".sql", ""));
  }

  private String onThisServer(String commands) {
    var url =
        "postgresql://%s@localhost:%d/%s?sslmode=disable"
            .formatted(TestServer.USER, database.server().port(), database.name());
    return "export PGPASSWORD=%s\n".formatted(TestServer.SCRAM_PASSWORD)
        + URL.matcher(commands.replaceAll("(?m)^export PGPASSWORD=.*$", "")).replaceAll(url);
  }

  /** But for times, versions and the names of this server; a server that is left up is ended. */
  private void printed(String text, PageShell shell) throws Exception {
    assertThat(masked(last.output())).isEqualTo(masked(text));
    var exit = EXIT.matcher(text);
    assertThat(last.exit()).isEqualTo(exit.find() ? Integer.parseInt(exit.group(1)) : 0);
    for (var end : TO_END.matcher(last.output()).results().toList()) {
      assertThat(shell.run(end.group(1)).exit()).isZero();
    }
  }

  private static String masked(String output) {
    return output
        .replaceAll("\\d+ ms", "N ms")
        .replaceAll("in \\d+\\.\\d s", "in N s")
        .replaceAll("PostgreSQL \\d+(\\.\\d+)?", "PostgreSQL N")
        .replaceAll(", database \\w+ at [\\w.]+", ", database D at H")
        .replaceAll("/tmp/[\\w/.-]*sluice-\\d+", "FOLDER")
        .replaceAll("-QUIT \\d+", "-QUIT N");
  }

  /** An observation, without what is empty in it. */
  private void observed(String text) throws IOException {
    var json = new ObjectMapper();
    var seen = json.readTree(last.output()).path("observations").path(1);
    assertThat(essential(seen)).isEqualTo(essential(json.readTree(text)));
  }

  private static JsonNode essential(JsonNode observation) {
    ((ObjectNode) observation).put("millis", 0);
    for (var step : observation.path("steps")) {
      ((ObjectNode) step).put("millis", 0).properties().removeIf(field -> isEmptyList(field));
    }
    return observation;
  }

  private static boolean isEmptyList(Map.Entry<String, JsonNode> field) {
    return field.getValue().isArray() && field.getValue().isEmpty();
  }

  /** Whatever the page lists of a JSON object's fields is there, and the other way round. */
  @Test
  void thePageNamesEveryFieldOfAnObservation() throws Exception {
    var page = Files.readString(PAGE);
    write("-- drizzle/0000_one.sql\ncreate table one (id int);\n");
    var shell = PageShell.in(programs, folder, Map.of());
    var ended = shell.run("sluice rehearse --changelog drizzle --output json 2>/dev/null");
    var seen = new ObjectMapper().readTree(ended.output()).path("observations").path(0);
    var tables = page.substring(page.indexOf("| of a changeset |"), page.indexOf("## In the"));
    var named =
        Pattern.compile("`(\\w+)`")
            .matcher(tables)
            .results()
            .map((MatchResult name) -> name.group(1))
            .collect(Collectors.toSet());
    seen.fieldNames().forEachRemaining(name -> assertThat(named).contains(name));
    seen.path("steps").path(0).fieldNames().forEachRemaining(n -> assertThat(named).contains(n));
  }
}
