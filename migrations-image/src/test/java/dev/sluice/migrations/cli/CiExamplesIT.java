package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * The pipelines of deploy/examples/ci: their commands run, with a {@code docker} that runs the
 * program itself, and an archive with the program's launcher alone.
 */
final class CiExamplesIT {
  private static final Path EXAMPLES = Path.of("..", "deploy", "examples", "ci");

  /**
   * Those of GitLab's reference of CI/CD YAML that a job may have, as far as they are of use here.
   */
  private static final Set<String> OF_A_JOB =
      Set.of(
          "after_script",
          "allow_failure",
          "artifacts",
          "before_script",
          "cache",
          "image",
          "needs",
          "retry",
          "rules",
          "script",
          "stage",
          "tags",
          "timeout",
          "variables");

  private static final Set<String> OF_A_RULE =
      Set.of("if", "changes", "exists", "when", "allow_failure", "variables", "needs");

  @TempDir private Path programs;
  @TempDir private Path repository;

  @BeforeEach
  void aRepositoryWithAFolderOfDrizzle() throws IOException {
    assumeTrue(Files.isDirectory(Path.of("target/postgres")), "only a build on Linux has them");
    migration("create table users (id int primary key)");
    var meta = Files.createDirectories(repository.resolve("migrations/drizzle/meta"));
    Files.writeString(
        meta.resolve("_journal.json"),
        """
        {"version": "7", "dialect": "postgresql", "entries": [
          {"idx": 0, "version": "7", "when": 1700000000000, "tag": "0000_users", "breakpoints": true}]}
        """);
  }

  private void migration(String sql) throws IOException {
    var folder = Files.createDirectories(repository.resolve("migrations/drizzle"));
    Files.writeString(folder.resolve("0000_users.sql"), sql);
  }

  @ParameterizedTest
  @ValueSource(strings = {"github-image", "github-archive", "gitlab-archive", "gitlab-image"})
  void whatIsRightPasses(String example) throws Exception {
    var ended = run(example);
    assertThat(ended.exit()).as(ended.output()).isZero();
    assertThat(ended.output()).contains("rehearsed 1 changeset on PostgreSQL 18");
  }

  @ParameterizedTest
  @ValueSource(strings = {"github-image", "github-archive", "gitlab-archive", "gitlab-image"})
  void whatFailsFailsTheJob(String example) throws Exception {
    migration("alter table user_accounts add column tier text");
    var ended = run(example);
    assertThat(ended.exit()).as(ended.output()).isEqualTo(20);
    assertThat(ended.output()).contains("relation \"user_accounts\" does not exist");
  }

  @Test
  void theJobsOfGitLabHaveNoUnknownKeyword() throws IOException {
    for (var name : List.of("gitlab-archive", "gitlab-image")) {
      var job = map(yaml(name).get("rehearse"));
      assertThat(yaml(name)).containsOnlyKeys("rehearse");
      assertThat(OF_A_JOB).containsAll(job.keySet());
      assertThat(job).containsKeys("image", "script");
      list(job.get("rules")).forEach(rule -> assertThat(OF_A_RULE).containsAll(map(rule).keySet()));
    }
  }

  @Test
  void thePageShowsEachExample() throws IOException {
    var page = Files.readString(Path.of("..", "docs", "ci.md"));
    try (var files = Files.list(EXAMPLES)) {
      for (var file : files.toList()) {
        var lines = Files.readString(file).lines().filter(line -> !line.startsWith("#"));
        assertThat(page).contains(lines.collect(Collectors.joining("\n")));
      }
    }
  }

  private PageShell.Ended run(String example) throws Exception {
    var yaml = yaml(example);
    var commands = new ArrayList<String>();
    var environment = new HashMap<String, String>();
    if (example.startsWith("github")) {
      var job = map(map(yaml.get("jobs")).get("rehearse"));
      put(environment, map(job.get("env")));
      for (var step : list(job.get("steps"))) {
        if (map(step).get("run") instanceof String run) {
          commands.add(run);
        }
        commands.add("PATH=$(tail -n 1 \"$GITHUB_PATH\"):$PATH");
      }
    } else {
      var job = map(yaml.get("rehearse"));
      put(environment, map(job.get("variables")));
      for (var part : List.of("before_script", "script")) {
        list(job.getOrDefault(part, List.of())).forEach(line -> commands.add((String) line));
      }
    }
    environment.computeIfPresent("SLUICE_ARCHIVE", (_, _) -> archive());
    environment.put("CI_PROJECT_DIR", repository.toString());
    environment.put("RUNNER_TEMP", programs.toString());
    environment.put("GITHUB_PATH", Files.createFile(programs.resolve("path")).toString());
    var shell = PageShell.in(programs.resolve("bin"), repository, environment);
    // as whoever wrote the migration did
    assertThat(shell.run("sluice hash --root migrations --changelog drizzle").exit()).isZero();
    docker();
    if (environment.containsKey("SLUICE_ARCHIVE")) {
      pack(shell);
    }
    return shell.run(String.join("\n", commands));
  }

  private String archive() {
    return programs.resolve("sluice.tar.gz").toUri().toString();
  }

  /** The launcher goes into the archive, so that nothing else is on the path. */
  private void pack(PageShell shell) throws Exception {
    var packed =
        shell.run(
            "mkdir -p '%1$s/sluice-1/bin'; mv '%1$s/bin/sluice' '%1$s/sluice-1/bin'; tar -czf '%1$s/sluice.tar.gz' -C '%1$s' sluice-1"
                .formatted(programs));
    assertThat(packed.exit()).isZero();
  }

  /** Of what it would build the folder of migrations is all that matters. */
  private void docker() throws IOException {
    var docker = programs.resolve("bin/docker");
    Files.writeString(
        docker,
        """
        #!/bin/sh
        case $1 in
          build) [ -d "$4" ] ;;
          run) shift 3; verb=$1; shift; exec sluice "$verb" --root migrations "$@" ;;
        esac
        """);
    assertThat(docker.toFile().setExecutable(true)).isTrue();
  }

  private static void put(Map<String, String> environment, Map<String, Object> variables) {
    variables.forEach((name, value) -> environment.put(name, String.valueOf(value)));
  }

  private static Map<String, Object> yaml(String name) throws IOException {
    var strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    return map(new Yaml(strict).load(Files.readString(EXAMPLES.resolve(name + ".yml"))));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(@Nullable Object value) {
    return (Map<String, Object>) Objects.requireNonNull(value);
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(@Nullable Object value) {
    return (List<Object>) Objects.requireNonNull(value);
  }
}
