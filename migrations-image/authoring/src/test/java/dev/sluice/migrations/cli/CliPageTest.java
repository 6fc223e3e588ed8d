package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.authoring.cli.WriteVerbs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * docs/cli.md is made of the definitions of the commands; {@code -Dcli.write=true} writes it anew.
 */
class CliPageTest {
  private static final Path PAGE = Path.of("../../docs/cli.md");

  private static final String HEAD =
      """
      # Command line

      All verbs with their options, made from the program's own help by `CliPageTest`. The image has those that check, apply and run in pods; the verbs that write, and all others, are in the program of [Writing migrations](writing-migrations.md).

      A database is named by `--url`, else by libpq's variables (`PGHOST`, `PGPORT`, `PGUSER`, `PGPASSWORD`, `PGDATABASE`, `PGSSLMODE`, `PGSSLROOTCERT`), else by `DATABASE_URL`. Colours are for a terminal alone, and not where `NO_COLOR` is set. `sluice completion bash|zsh|fish` prints what completes verbs and options.
      """;

  @Test
  void saysWhatTheCommandsSay() throws IOException {
    var page = page();
    if (Boolean.getBoolean("cli.write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  @Test
  void everyVerbHasAnExampleAndIsOfAGroup() {
    var groups = Verbs.of(program());
    assertThat(groups.get(Verbs.OTHER))
        .extracting(CommandLine::getCommandName)
        .containsExactly("completion");
    groups.forEach((group, verbs) -> {
      if (group != Verbs.PODS) {
        for (var verb : verbs) {
          assertThat(verb.getCommandSpec().usageMessage().footer())
              .as(verb.getCommandName())
              .contains("Examples:");
        }
      }
    });
  }

  /** What people read says what is known of an option: its first words are no name of a class. */
  @Test
  void everyOptionIsDescribed() {
    for (var verb : program().getSubcommands().values()) {
      for (var option : verb.getCommandSpec().options()) {
        assertThat(option.description())
            .as(verb.getCommandName() + " " + option.longestName())
            .isNotEmpty();
      }
    }
  }

  /** Every verb but those for pods, which say what they did in their own way. */
  @Test
  void everyVerbThatIsForPeopleHasJson() {
    Verbs.of(program())
        .forEach((group, verbs) -> {
          if (group != Verbs.PODS && group != Verbs.OTHER) {
            for (var verb : verbs) {
              assertThat(verb.getCommandSpec().findOption("--output"))
                  .as(verb.getCommandName())
                  .isNotNull();
            }
          }
        });
  }

  private static CommandLine program() {
    return CommandLineProgram.commandLine(Map.of(), Signals.none(), new WriteVerbs());
  }

  private static String page() {
    var page = new StringBuilder(HEAD);
    Verbs.of(program())
        .forEach((group, verbs) -> {
          page.append("\n## ").append(group.title()).append('\n');
          for (var verb : verbs) {
            var spec = verb.getCommandSpec();
            page.append("\n### sluice ").append(spec.name()).append("\n\n");
            page.append(String.join(" ", spec.usageMessage().description())).append('\n');
            examples(List.of(spec.usageMessage().footer()), page);
            page.append('\n');
            spec.positionalParameters()
                .forEach(word ->
                    page.append(
                        "* `%s`: %s%n".formatted(word.paramLabel(), text(word.description()))));
            spec.options().stream()
                .filter(option -> !option.hidden())
                .filter(option -> !List.of("--help", "--version").contains(option.longestName()))
                .forEach(option -> page.append("* ").append(option(option)).append('\n'));
          }
        });
    return page.toString().replaceAll("\n{3,}", "\n\n").strip() + "\n";
  }

  private static void examples(List<String> footer, StringBuilder page) {
    var examples =
        footer.stream()
            .dropWhile(line -> !line.equals("Examples:"))
            .skip(1)
            .takeWhile(line -> line.startsWith("  "))
            .toList();
    if (!examples.isEmpty()) {
      page.append("\n```sh\n");
      examples.forEach(line -> page.append(line.substring(2)).append('\n'));
      page.append("```\n");
    }
    var codes = String.join(" ", footer);
    if (codes.contains("Exit codes:")) {
      page.append('\n').append(codes.substring(codes.indexOf("Exit codes:"))).append('\n');
    }
  }

  private static String option(OptionSpec option) {
    var value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
    return "`%s%s`%s: %s"
        .formatted(
            String.join(", ", option.names()),
            value,
            option.required() ? " (required)" : "",
            text(option.description()));
  }

  private static String text(String... description) {
    return String.join(" ", Arrays.asList(description)).replace("*", "\\*").replace("<", "\\<");
  }
}
