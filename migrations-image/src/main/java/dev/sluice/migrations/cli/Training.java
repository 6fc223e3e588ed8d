package dev.sluice.migrations.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * Runs one after the other in one process, for the image's class archives, which record one. Each
 * is told by a file of variables, as a pod is by its environment; EXIT is how it must end.
 */
final class Training {
  private Training() {}

  static void main(String[] files) {
    Main.settle();
    var signals = Main.signalsOfPod();
    for (var file : files) {
      var variables = variables(Path.of(file));
      var exit = RunProgram.ofPod(signals).run(variables);
      if (!Integer.toString(exit).equals(variables.get("EXIT"))) {
        System.out.println(file + " ended with " + exit);
        signals.exit(1);
      }
    }
    signals.close();
  }

  private static Map<String, String> variables(Path file) {
    try (var text = Files.newBufferedReader(file)) {
      var properties = new Properties();
      properties.load(text);
      return properties.stringPropertyNames().stream()
          .collect(Collectors.toMap(name -> name, properties::getProperty));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
