package dev.sluice.migrations.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** For fish, which the parser's own generator doesn't know. */
final class FishCompletion {
  private FishCompletion() {}

  static String of(CommandLine program) {
    var lines = new StringBuilder("complete -c sluice -f\n");
    for (var verb : program.getSubcommands().values()) {
      var spec = verb.getCommandSpec();
      if (spec.usageMessage().hidden()) {
        continue;
      }
      lines.append(
          "complete -c sluice -n __fish_use_subcommand -a %s -d %s%n"
              .formatted(spec.name(), quoted(sentence(spec.usageMessage().description()))));
      for (var option : spec.options()) {
        if (!option.hidden()) {
          lines.append(
              "complete -c sluice -n '__fish_seen_subcommand_from %s' %s%n"
                  .formatted(spec.name(), option(option)));
        }
      }
    }
    return lines.toString();
  }

  private static String option(OptionSpec option) {
    var names =
        Arrays.stream(option.names())
            .map(name ->
                name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1))
            .collect(Collectors.joining(" "));
    return names + values(option) + " -d " + quoted(sentence(option.description()));
  }

  /** A choice, a file, or a word of its own. */
  private static String values(OptionSpec option) {
    if (option.arity().max() == 0) {
      return "";
    }
    var label = option.paramLabel();
    if (label.contains("|")) {
      return " -x -a " + quoted(label.replace('|', ' '));
    }
    return switch (label.toUpperCase(Locale.ROOT)) {
      case "DIR", "PATH", "FILE" -> " -r -F";
      default -> " -x";
    };
  }

  private static String sentence(String... description) {
    var whole = String.join(" ", description);
    var end = whole.indexOf(". ");
    return end < 0 ? whole : whole.substring(0, end);
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
