package dev.sluice.deploy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** What {@code deploy/install} was asked for. */
record CommandLine(
    Installation installation, boolean print, Path kubeconfig, Optional<Duration> patience) {

  static CommandLine parse(List<String> args, Path kubeconfig) {
    var standard = Installation.standard();
    var release = standard.release();
    var namespace = standard.namespace();
    var set = new LinkedHashMap<String, String>();
    var values = new ArrayList<Path>();
    var print = false;
    var patience = Optional.<Duration>empty();
    for (var left = args.iterator(); left.hasNext(); ) {
      var option = left.next();
      switch (option) {
        case "--release" -> release = value(option, left);
        case "--namespace", "-n" -> namespace = value(option, left);
        case "--values", "-f" -> values.add(Path.of(value(option, left)));
        case "--kubeconfig" -> kubeconfig = Path.of(value(option, left));
        case "--wait" -> patience = Optional.of(seconds(option, value(option, left)));
        case "--print" -> print = true;
        case "--set" -> {
          var pair = value(option, left).split("=", 2);
          if (pair.length != 2) {
            throw new IllegalArgumentException("--set wants key=value, not " + pair[0]);
          }
          set.put(pair[0], pair[1]);
        }
        default ->
            throw new IllegalArgumentException("no such option: " + option + " (see --help)");
      }
    }
    return new CommandLine(
        new Installation(release, namespace, set, values), print, kubeconfig, patience);
  }

  private static String value(String option, Iterator<String> left) {
    if (!left.hasNext()) {
      throw new IllegalArgumentException(option + " wants a value");
    }
    return left.next();
  }

  private static Duration seconds(String option, String text) {
    try {
      return Duration.ofSeconds(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(option + " wants whole seconds, not " + text, e);
    }
  }
}
