package dev.sluice.e2e.harness;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Programs step back for other work of this machine by SLUICE_NICE (1 to 19), with all that they
 * start: the cluster, its pods, builds of images. The gate sets it, since the tests that run beside
 * it measure time.
 */
final class Niceness {
  private Niceness() {}

  static List<String> of(List<String> command) {
    return Optional.ofNullable(System.getenv("SLUICE_NICE"))
        .map(nice -> Stream.concat(Stream.of("nice", "-n", nice), command.stream()).toList())
        .orElse(command);
  }
}
