package dev.sluice.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says, read once.
 *
 * @param runnerImage SLUICE_RUNNER_IMAGE: runs the changelogs that are in a ConfigMap
 * @param watchNamespaces SLUICE_WATCH_NAMESPACES, comma separated; empty: all
 * @param leaderElection SLUICE_LEADER_ELECTION: true or false, the default
 * @param namespace SLUICE_NAMESPACE: where the lease is; required with leader election
 * @param podName POD_NAME: distinguishes this operator from others
 * @param httpPort SLUICE_HTTP_PORT: health and metrics; 0 takes any free one
 * @param probePort SLUICE_PROBE_PORT: health alone, for the kubelet; null: with the metrics only
 * @param gate SLUICE_GATE: true, the default, or false; pods may wait for a revision
 * @param logLevel SLUICE_LOG_LEVEL: error, warn, info, debug or trace
 */
record OperatorConfig(
    String runnerImage,
    Set<String> watchNamespaces,
    boolean leaderElection,
    @Nullable String namespace,
    String podName,
    int httpPort,
    @Nullable Integer probePort,
    boolean gate,
    String logLevel) {

  /** Every variable that the operator reads and that begins with SLUICE_. */
  private static final List<String> VARIABLES =
      List.of(
          "SLUICE_RUNNER_IMAGE",
          "SLUICE_WATCH_NAMESPACES",
          "SLUICE_LEADER_ELECTION",
          "SLUICE_NAMESPACE",
          "SLUICE_HTTP_PORT",
          "SLUICE_PROBE_PORT",
          "SLUICE_GATE",
          "SLUICE_LOG_LEVEL");

  private static final List<String> LEVELS = List.of("error", "warn", "info", "debug", "trace");

  OperatorConfig {
    watchNamespaces = Set.copyOf(watchNamespaces);
  }

  /** Throws one exception that names everything that is wrong. */
  static OperatorConfig of(Map<String, String> environment) {
    var read = new Reading(environment);
    var config =
        new OperatorConfig(
            read.required(
                "SLUICE_RUNNER_IMAGE", "the runner image, such as ghcr.io/sluice/runner:0.1.0"),
            read.list("SLUICE_WATCH_NAMESPACES"),
            read.choice("SLUICE_LEADER_ELECTION", List.of("false", "true")).equals("true"),
            environment.get("SLUICE_NAMESPACE"),
            environment.getOrDefault("POD_NAME", "operator"),
            read.port("SLUICE_HTTP_PORT", 8080),
            environment.containsKey("SLUICE_PROBE_PORT") ? read.port("SLUICE_PROBE_PORT", 0) : null,
            read.choice("SLUICE_GATE", List.of("true", "false")).equals("true"),
            read.choice("SLUICE_LOG_LEVEL", logLevels()));
    if (config.leaderElection()) {
      read.required("SLUICE_NAMESPACE", "the operator's own namespace, where the lease is kept");
    }
    read.unknown();
    read.finish();
    return config;
  }

  /** Distinguishes this installation from others: there is one in a namespace. */
  String installation() {
    return namespace == null ? podName : namespace;
  }

  /** The level alone, for a logger that is made before anything else. */
  static String logLevel(Map<String, String> environment) {
    var level = environment.getOrDefault("SLUICE_LOG_LEVEL", "info").toLowerCase(Locale.ROOT);
    return LEVELS.contains(level) ? level : "info";
  }

  /** The default first. */
  private static List<String> logLevels() {
    return Stream.concat(Stream.of("info"), LEVELS.stream().filter(l -> !l.equals("info")))
        .toList();
  }

  private record Reading(Map<String, String> environment, List<String> errors) {
    Reading(Map<String, String> environment) {
      this(environment, new ArrayList<>());
    }

    String required(String name, String what) {
      var value = environment.getOrDefault(name, "");
      if (value.isBlank()) {
        errors.add(name + " is missing: set it to " + what);
      }
      return value;
    }

    Set<String> list(String name) {
      return Stream.of(environment.getOrDefault(name, "").split(",", -1))
          .map(String::strip)
          .filter(e -> !e.isEmpty())
          .collect(Collectors.toSet());
    }

    String choice(String name, List<String> choices) {
      var value = environment.getOrDefault(name, choices.getFirst()).toLowerCase(Locale.ROOT);
      if (!choices.contains(value)) {
        errors.add("%s is %s: choose one of %s".formatted(name, value, choices));
      }
      return value;
    }

    int port(String name, int otherwise) {
      var value = environment.getOrDefault(name, Integer.toString(otherwise));
      if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > 65535) {
        errors.add(name + " is " + value + ": give a port from 0 to 65535");
        return otherwise;
      }
      return Integer.parseInt(value);
    }

    void unknown() {
      errors.addAll(UnknownVariables.problems(environment, VARIABLES));
    }

    void finish() {
      if (!errors.isEmpty()) {
        throw new IllegalArgumentException(
            "the environment is wrong:\n  " + String.join("\n  ", errors));
      }
    }
  }
}
