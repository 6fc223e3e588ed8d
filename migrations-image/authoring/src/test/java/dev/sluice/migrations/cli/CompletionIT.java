package dev.sluice.migrations.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.authoring.cli.WriteVerbs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is printed, loaded by the real shells. */
class CompletionIT {
  @TempDir private Path folder = Path.of("");

  @Test
  void bashCompletesVerbsAndOptions() throws Exception {
    assertThat(completedByBash("sluice re")).contains("rehearse", "renumber").doesNotContain("new");
    assertThat(completedByBash("sluice dev --wa")).contains("--watch");
  }

  @Test
  void fishReadsItsOwn() throws Exception {
    var script = printed("fish");
    assertThat(script)
        .contains("complete -c sluice -n __fish_use_subcommand -a generate -d 'Writes the next")
        .contains("'__fish_seen_subcommand_from new' -l name -x -d")
        .contains("-l output -x -a 'text json'")
        .contains("-l changelog -r -F")
        .doesNotContain(" -a run ");
    // as the shell's own rules of quoting have it
    for (var line : script.lines().toList()) {
      assertThat(line.replace("\\'", "").chars().filter(sign -> sign == '\'').count() % 2)
          .as(line)
          .isZero();
    }
    Assumptions.assumeTrue(isThere("fish"), "no fish");
    var file = Files.writeString(folder.resolve("sluice.fish"), script);
    assertThat(run("fish", "-c", "source %s; complete -C 'sluice re'".formatted(file)))
        .contains("rehearse", "renumber");
  }

  private String completedByBash(String line) throws Exception {
    var file = Files.writeString(folder.resolve("sluice.bash"), printed("bash"));
    var words = line.split(" ", -1);
    return run(
        "bash",
        "-c",
        """
        source %s
        COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE='%s'; COMP_POINT=%d
        _complete_sluice
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(file, line, words.length - 1, line, line.length()));
  }

  private static String printed(String shell) {
    var out = System.out;
    var printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, UTF_8));
    try {
      var exit = Program.run(new String[] {"completion", shell}, Map.of(), new WriteVerbs());
      assertThat(exit).isZero();
    } finally {
      System.setOut(out);
    }
    return printed.toString(UTF_8);
  }

  private static boolean isThere(String program) {
    try {
      return new ProcessBuilder(program, "--version").start().waitFor() == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String run(String... command) throws Exception {
    var process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}
