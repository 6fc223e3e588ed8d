package dev.sluice.migrations.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "Prints what completes verbs and options in a shell.",
    footer = {
      "",
      "Examples:",
      "  source <(sluice completion bash)",
      "  source <(sluice completion zsh)",
      "  sluice completion fish > ~/.config/fish/completions/sluice.fish"
    })
final class CompletionCommand implements Callable<Integer> {
  enum Shell {
    BASH,
    ZSH,
    FISH
  }

  @Spec @Nullable CommandSpec spec;

  @Parameters(paramLabel = "bash|zsh|fish", description = "the shell")
  Shell shell = Shell.BASH;

  @Override
  public Integer call() {
    var program = Objects.requireNonNull(spec).root().commandLine();
    System.out.print(
        switch (shell) {
          // one script for both
          case BASH, ZSH -> AutoComplete.bash("sluice", program);
          case FISH -> FishCompletion.of(program);
        });
    return 0;
  }
}
