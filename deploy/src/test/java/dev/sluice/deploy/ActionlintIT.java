package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The workflows of the examples, by the real actionlint. */
final class ActionlintIT {
  @ParameterizedTest
  @ValueSource(strings = {"github-image.yml", "github-archive.yml"})
  void findsNothingInTheWorkflow(String file) {
    var actionlint = BuiltProgram.of("actionlint").toString();
    // what else is installed doesn't matter
    var linted =
        BuiltProgram.run(
            new ProcessBuilder(
                actionlint, "-shellcheck=", "-pyflakes=", "deploy/examples/ci/" + file));
    assertThat(linted.output()).isEmpty();
    assertThat(linted.exit()).isZero();
  }
}
