package dev.sluice.migrations.cli;

import dev.sluice.migrations.report.Exit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with the words of a command line, in a few lines instead of the whole help. */
final class MisreadArguments {
  private MisreadArguments() {}

  static int printed(ParameterException thrown, String[] arguments) {
    var command = thrown.getCommandLine();
    var err = command.getErr();
    err.println(thrown.getMessage());
    suggestion(thrown, command).ifPresent(words -> err.println("  hint: " + words));
    err.println("  see: " + command.getCommandSpec().qualifiedName() + " --help");
    return Exit.CONFIGURATION.code();
  }

  private static Optional<String> suggestion(ParameterException thrown, CommandLine command) {
    if (!(thrown instanceof UnmatchedArgumentException unmatched)) {
      return Optional.empty();
    }
    var word = unmatched.getUnmatched().getFirst().split("=", 2)[0];
    var plain = word.replaceFirst("^-+", "").toLowerCase(Locale.ROOT);
    var options = command.getCommandSpec().options().stream().filter(o -> !o.hidden()).toList();
    return options.stream()
        .flatMap(option -> withValue(option, plain))
        .findFirst()
        .or(() ->
            Optional.of(unmatched.getSuggestions())
                .filter(all -> !all.isEmpty())
                .map(all -> all.getFirst()))
        .map(words -> "did you mean " + words + "?");
  }

  /** A word that is the value of an option, as in {@code --json}. */
  private static Stream<String> withValue(OptionSpec option, String word) {
    var values = option.paramLabel().toLowerCase(Locale.ROOT).split("\\|");
    return values.length > 1 && Arrays.asList(values).contains(word)
        ? Stream.of(option.longestName() + " " + word)
        : Stream.empty();
  }
}
