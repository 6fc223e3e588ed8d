package dev.sluice.migrations.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The servers that came with the program: a folder each, {@code 18/bin/postgres} and {@code
 * 18/data}, and the libraries that they share in {@code lib}.
 */
public record PostgresHome(Path folder) {
  /** Where they are, unless it is where the image has them. */
  public static final String VARIABLE = "SLUICE_POSTGRES_HOME";

  private static final String IN_THE_IMAGE = "/opt/sluice/postgres";

  public static PostgresHome of(Map<String, String> environment) {
    return new PostgresHome(Path.of(environment.getOrDefault(VARIABLE, IN_THE_IMAGE)));
  }

  /** In ascending order. */
  public List<Integer> majors() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var entries = Files.list(folder)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.matches("[0-9]{1,3}"))
          .map(Integer::valueOf)
          .filter(major -> Files.isExecutable(program(major)))
          .sorted()
          .toList();
    } catch (IOException _) {
      return List.of();
    }
  }

  Path program(int major) {
    return folder.resolve(major + "/bin/postgres");
  }

  /** A data directory as initdb leaves it. */
  Path data(int major) {
    return folder.resolve(major + "/data");
  }

  Path libraries() {
    return folder.resolve("lib");
  }

  /** Why there is none of that version; empty when there is. */
  Optional<String> lacking(int major) {
    var there = majors();
    if (there.contains(major)) {
      return Optional.empty();
    }
    var names = Stream.of(there.toArray()).map(String::valueOf).toList();
    return Optional.of(
        "there is no PostgreSQL %d in %s, which has %s"
            .formatted(major, folder, names.isEmpty() ? "none" : String.join(", ", names)));
  }
}
