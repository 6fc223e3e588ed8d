package dev.sluice.migrations.cli;

import dev.sluice.migrations.credentials.MountedFiles;
import dev.sluice.migrations.credentials.SecretNames;
import dev.sluice.migrations.report.JsonText;
import dev.sluice.migrations.text.Json;
import java.io.IOException;
import java.io.Serial;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Liquibase's changelog parameters and Flyway's placeholders: one by one in {@code
 * SLUICE_PARAMETERS}, and from where {@code SLUICE_PARAMETERS_FROM} names, of which a later one
 * wins over an earlier one.
 */
record ParameterSettings(Variables variables) {
  static final String ONE_BY_ONE = "SLUICE_PARAMETERS";
  static final String FROM = "SLUICE_PARAMETERS_FROM";

  private static final Pattern NEXT = Pattern.compile(",(?=(?:configMap|secret|file):)");

  /** What kind of thing parameters come from. */
  private enum Kind {
    CONFIG_MAP("configMap"),
    SECRET("secret"),
    FILE("file");

    private final String word;

    Kind(String word) {
      this.word = word;
    }
  }

  /** Says which of them. */
  private static final class UnreadableException extends IOException {
    @Serial private static final long serialVersionUID = 1;

    UnreadableException(String message) {
      super(message);
    }
  }

  /** A folder with a file for each parameter, or a file of {@code name=value}. */
  private record Source(Kind kind, Path path) {
    boolean isThere() {
      return kind == Kind.FILE ? Files.isRegularFile(path) : Files.isDirectory(path);
    }

    Map<String, String> values() throws IOException {
      var values = new LinkedHashMap<String, String>();
      if (kind == Kind.FILE) {
        try (var text = Files.newBufferedReader(path)) {
          var properties = new Properties();
          properties.load(text);
          properties.stringPropertyNames().forEach(n -> values.put(n, properties.getProperty(n)));
        }
      } else {
        var files = new MountedFiles(path);
        for (var key : files.keys()) {
          try {
            values.put(key, files.value(key));
          } catch (MalformedInputException _) {
            throw new UnreadableException(path.resolve(key) + " isn't UTF-8");
          }
        }
      }
      return values;
    }
  }

  /** All of them, by name. */
  Map<String, String> values() {
    // names that differ in capitals only are one, of which the later value counts
    var values = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    for (var source : sources()) {
      try {
        if (source.isThere()) {
          values.putAll(source.values());
        } else {
          variables.problem("parameters: " + source.path() + " isn't there");
        }
      } catch (UnreadableException e) {
        variables.problem("parameters: " + e.getMessage());
      } catch (IOException | IllegalArgumentException e) {
        variables.problem(
            "parameters: " + source.path() + " can't be read: " + e.getClass().getSimpleName());
      }
    }
    values.putAll(oneByOne());
    values.forEach((name, value) -> {
      if (value.indexOf('\0') >= 0) {
        variables.problem("parameters: " + name + " has a NUL in it, which no statement can have");
      }
    });
    return values;
  }

  /** Whatever comes from a Secret, and what is called as secrets are. */
  static Set<String> secrets(Map<String, String> environment) {
    var settings = new ParameterSettings(new Variables(environment));
    var named =
        settings.values().entrySet().stream()
            .filter(value -> SecretNames.isKey(value.getKey()))
            .map(Map.Entry::getValue);
    return Stream.concat(
            named,
            settings.sources().stream()
                .filter(source -> source.kind() == Kind.SECRET)
                .flatMap(ParameterSettings::readable))
        .collect(Collectors.toSet());
  }

  /** What can't be read can't get out. */
  private static Stream<String> readable(Source source) {
    var files = new MountedFiles(source.path());
    return files.keys().stream()
        .flatMap(key -> {
          try {
            return Stream.of(files.value(key));
          } catch (IOException _) {
            return Stream.of();
          }
        });
  }

  private List<Source> sources() {
    return variables
        .optional(FROM)
        .map(named -> NEXT.splitAsStream(named).flatMap(this::source).toList())
        .orElse(List.of());
  }

  private Stream<Source> source(String named) {
    for (var kind : Kind.values()) {
      if (named.startsWith(kind.word + ":") && named.indexOf('\0') < 0) {
        return Stream.of(new Source(kind, Path.of(named.substring(kind.word.length() + 1))));
      }
    }
    variables.problem(
        FROM,
        "must be a list of configMap:, secret: and file: with a path each, separated by commas");
    return Stream.of();
  }

  /** The text isn't repeated: it may be a value. */
  private Map<String, String> oneByOne() {
    var values = strings(variables.or(ONE_BY_ONE, "{}"));
    if (values.isEmpty()) {
      variables.problem(ONE_BY_ONE, "must be a JSON object of strings");
    }
    return values.orElse(Map.of());
  }

  /** Empty when it is something else. */
  private static Optional<Map<String, String>> strings(String json) {
    try {
      if (Json.parse(json) instanceof Map<?, ?> object
          && object.values().stream().allMatch(String.class::isInstance)) {
        var values = new LinkedHashMap<String, String>();
        object.forEach((name, value) -> values.put((String) name, (String) value));
        return Optional.of(values);
      }
      return Optional.empty();
    } catch (Json.BadException _) {
      return Optional.empty();
    }
  }

  /** What a command line says, which wins over the environment. */
  static void add(
      Map<String, String> environment, Map<String, String> parameters, @Nullable String file) {
    if (file != null) {
      environment.merge(FROM, "file:" + file, (before, more) -> before + "," + more);
    }
    var before = strings(environment.getOrDefault(ONE_BY_ONE, "{}"));
    if (!parameters.isEmpty() && before.isPresent()) {
      before.get().putAll(parameters);
      environment.put(ONE_BY_ONE, JsonText.of(before.get()));
    }
  }
}
