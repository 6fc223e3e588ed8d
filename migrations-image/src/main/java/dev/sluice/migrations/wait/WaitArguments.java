package dev.sluice.migrations.wait;

import dev.sluice.migrations.text.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a command line asks for. */
sealed interface WaitArguments {
  int MOST = 20;

  /**
   * For all of them.
   *
   * @param timeout null: none
   */
  record Wait(List<RequiredRevision> requirements, @Nullable Duration timeout)
      implements WaitArguments {
    public Wait {
      requirements = List.copyOf(requirements);
    }
  }

  record Help() implements WaitArguments {}

  /** {@code problem} says how to mend it. */
  record Faulty(String problem) implements WaitArguments {}

  /** Requirements may be separated by commas too, as in the annotation of a pod. */
  static WaitArguments read(List<String> arguments) {
    var requirements = new ArrayList<RequiredRevision>();
    @Nullable Duration timeout = null;
    for (var rest = arguments.iterator(); rest.hasNext(); ) {
      var argument = rest.next();
      if (argument.equals("-h") || argument.equals("--help")) {
        return new Help();
      }
      if (argument.equals("--timeout") || argument.startsWith("--timeout=")) {
        var value =
            argument.contains("=")
                ? argument.substring(argument.indexOf('=') + 1)
                : rest.hasNext() ? rest.next() : "";
        var read = Durations.of(value);
        if (read.isEmpty()) {
          return new Faulty("--timeout is no duration such as 10m: \"" + value + "\"");
        }
        timeout = read.get().isZero() ? null : read.get();
      } else if (argument.startsWith("-")) {
        return new Faulty("there is no option " + argument);
      } else {
        for (var word : argument.split(",", -1)) {
          switch (RequiredRevision.of(word.strip())) {
            case RequiredRevision.Read.Malformed(var problem) -> {
              return new Faulty(problem);
            }
            case RequiredRevision.Read.Understood(var requirement) -> requirements.add(requirement);
          }
        }
      }
    }
    if (requirements.isEmpty()) {
      return new Faulty("say what to wait for: <migration>@<revision>, such as shop@1.42.0");
    }
    return requirements.size() > MOST
        ? new Faulty("%d revisions are too many: at most %d".formatted(requirements.size(), MOST))
        : new Wait(requirements, timeout);
  }
}
