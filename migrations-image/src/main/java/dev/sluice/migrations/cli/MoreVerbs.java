package dev.sluice.migrations.cli;

import dev.sluice.migrations.database.Stop;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Verbs of a program around this one, which no run has. */
@FunctionalInterface
public interface MoreVerbs {
  MoreVerbs NONE = (_, _) -> List.of();

  /**
   * Commands of the command line's parser, each with a name of its own.
   *
   * @param stopping takes what a signal ends
   */
  List<Object> commands(Map<String, String> environment, Consumer<Stop> stopping);
}
