package dev.sluice.migrations.cli;

import java.util.Locale;
import java.util.Map;

/** What a person calls a variable of the run contract: the option that stands for it. */
final class OptionNames {
  private static final String PREFIX = "SLUICE_";

  /** The others are spelt as their variables are. */
  private static final Map<String, String> OTHERS =
      Map.of(
          "SLUICE_CHANGELOG_ALSO", "--changelog",
          "SLUICE_BASELINE_TO", "--to",
          "SLUICE_PARAMETERS", "--parameter",
          "SLUICE_PARAMETERS_FROM", "--parameters");

  private OptionNames() {}

  static String of(String variable) {
    return OTHERS.getOrDefault(
        variable,
        "--" + variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '-'));
  }
}
