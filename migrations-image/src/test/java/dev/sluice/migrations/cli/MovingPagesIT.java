package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.TestServer;
import dev.sluice.migrations.liquibase.EmbeddedLiquibase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the pages about moving in, run one after the other in a shell. */
class MovingPagesIT {
  private static final Pattern BLOCK =
      Pattern.compile("(?m)^```(?<kind>sh|text)\\n(?<text>(?s:.*?))^```$");
  private static final Path PAGES = Path.of("..", "docs");

  /** Commands, and what the page says they print; empty where it doesn't say. */
  private record Step(String commands, String output) {}

  @TempDir Path folder;
  @RegisterExtension final RunnerFixture fixture = new RunnerFixture();
  private final TestDatabase database = fixture.database();
  private final TestChangelog changelog = fixture.changelog();

  private static List<Step> steps(String page) throws IOException {
    var steps = new ArrayList<Step>();
    for (var block = BLOCK.matcher(Files.readString(PAGES.resolve(page))); block.find(); ) {
      var text = block.group("text");
      if (block.group("kind").equals("sh")) {
        steps.add(new Step(text, ""));
      } else {
        steps.add(new Step(steps.removeLast().commands(), text));
      }
    }
    assertThat(steps).hasSizeGreaterThan(2);
    return steps;
  }

  private void works(String page) throws Exception {
    var shell =
        PageShell.in(
            folder,
            changelog.root(),
            Map.of(
                "PGHOST",
                "localhost",
                "PGPORT",
                String.valueOf(database.server().port()),
                "PGDATABASE",
                database.name(),
                "PGUSER",
                TestServer.USER,
                "PGPASSWORD",
                TestServer.SCRAM_PASSWORD));
    for (var step : steps(page)) {
      var ended = shell.run(step.commands());
      assertThat(ended.exit()).as(step.commands() + ended.output()).isZero();
      if (!step.output().isEmpty()) {
        assertThat(ended.output()).isEqualTo(step.output());
      }
    }
  }

  private Flyway flyway() {
    return RealFlyway.on(database, changelog, "sql").placeholders(Map.of("tier", "gold")).load();
  }

  /** Its history as drizzle-orm writes it; the end-to-end tests have the real drizzle-kit. */
  @Test
  void fromDrizzleKit() throws Exception {
    changelog.twoOfDrizzle();
    new MigratedByDrizzle(database, changelog).twoMigrations();
    changelog.thirdOfDrizzle("create table third (i int)");
    works("from-drizzle-kit.md");
    assertThat(database.query("select count(*) from drizzle.__drizzle_migrations"))
        .containsExactly("3");
  }

  @Test
  void fromFlyway() throws Exception {
    changelog
        .with("sql/V1__users.sql", "create table users (id int)")
        .with("sql/V2__orders.sql", "create table orders (tier text default '${tier}')")
        .with("sql/R__tier.sql", "create or replace view tier as select '${tier}' as tier");
    flyway().migrate();
    changelog.with("sql/V3__items.sql", "create table items (id int)");
    works("from-flyway.md");
    flyway().validate();
    assertThat(flyway().migrate().migrationsExecuted).isZero();
  }

  @Test
  void fromLiquibase() throws Exception {
    var yaml = new StringBuilder("databaseChangeLog:\n- property: {name: tier, value: gold}\n");
    for (var id = 1; id <= 2; id++) {
      yaml.append(changeSet(id));
    }
    changelog.with("db/changelog.yaml", yaml.toString());
    EmbeddedLiquibase.update(database, changelog, "db/changelog.yaml");
    changelog.with("db/changelog.yaml", yaml + changeSet(3));
    works("from-liquibase.md");
    assertThat(EmbeddedLiquibase.pending(database, changelog, "db/changelog.yaml")).isEmpty();
  }

  private static String changeSet(int id) {
    return """
    - changeSet:
        id: %1$d
        author: ann
        changes:
        - sql: {sql: "create table t%1$d (tier text default '${tier}')"}
    """
        .formatted(id);
  }
}
