package dev.sluice.authoring.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;

/** A repository of the real git with the folder {@code db}. */
record GitFixture(Path root, Sluice sluice) {
  static GitFixture in(Path root) throws IOException {
    var git = new GitFixture(root, Sluice.withServers());
    git.git("init", "-q", "-b", "main");
    git.git("config", "user.email", "ann@example.com");
    git.git("config", "user.name", "Ann");
    git.git("config", "merge.conflictStyle", "merge");
    return git;
  }

  /** What it printed; it has to exit with 0. */
  String git(String... arguments) {
    var out = new StringBuilder();
    assertThat(ended(out, arguments)).as(out.toString()).isZero();
    return out.toString();
  }

  /** How it ended. */
  int ended(StringBuilder out, String... arguments) {
    var command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    try {
      var builder = new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true);
      builder.environment().put("GIT_EDITOR", "true");
      var process = builder.start();
      out.append(new String(process.getInputStream().readAllBytes(), UTF_8));
      return process.waitFor();
    } catch (IOException e) {
      return Assertions.fail("no git", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Assertions.fail("interrupted", e);
    }
  }

  void commit(String message) {
    run("hash");
    git("add", "-A");
    git("commit", "-q", "-m", message);
  }

  GitFixture file(String name, String text) throws IOException {
    var file = root.resolve("db").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  String text(String name) throws IOException {
    return Files.readString(root.resolve("db").resolve(name));
  }

  /** Of the folder, without {@code sluice.sum}. */
  List<String> files() throws IOException {
    try (var files = Files.walk(root.resolve("db"))) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.resolve("db").relativize(file).toString())
          .filter(name -> !name.equals("sluice.sum"))
          .sorted()
          .toList();
    }
  }

  Sluice.Ran run(String verb, String... more) {
    var arguments = new ArrayList<>(List.of(verb, "--root", root.toString(), "--changelog", "db"));
    arguments.addAll(List.of(more));
    return sluice.run(arguments.toArray(String[]::new));
  }
}
