package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CommandLineTest {
  private static final Path KUBECONFIG = Path.of("config");

  @Test
  void nothingMeansTheStandardInstallation() {
    assertThat(parse())
        .isEqualTo(new CommandLine(Installation.standard(), false, KUBECONFIG, Optional.empty()));
  }

  @Test
  void optionsAreHelms() {
    assertThat(
            parse(
                "-n",
                "ops",
                "--release",
                "r",
                "--set",
                "a.b=c=d",
                "-f",
                "v.yaml",
                "--wait",
                "90",
                "--kubeconfig",
                "other",
                "--print"))
        .isEqualTo(
            new CommandLine(
                new Installation("r", "ops", Map.of("a.b", "c=d"), List.of(Path.of("v.yaml"))),
                true,
                Path.of("other"),
                Optional.of(Duration.ofSeconds(90))));
  }

  @ParameterizedTest
  @CsvSource({
    "--sett, no such option: --sett (see --help)",
    "--set, --set wants a value",
    "'--set a', 'wants key=value, not a'",
    "'--wait 5m', 'whole seconds, not 5m'"
  })
  void mistakeIsNamed(String line, String message) {
    assertThatThrownBy(() -> parse(line.split(" "))).hasMessageContaining(message);
  }

  private static CommandLine parse(String... args) {
    return CommandLine.parse(List.of(args), KUBECONFIG);
  }
}
