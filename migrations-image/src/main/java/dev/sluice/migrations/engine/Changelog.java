package dev.sluice.migrations.engine;

import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which changelog, and which part of it.
 *
 * @param also further folders of Flyway's, which are one with {@code path}
 * @param contexts Liquibase's expression; so is {@code labels}
 * @param parameters values for what it leaves open: Liquibase's parameters, Flyway's placeholders
 */
public record Changelog(
    Path root,
    String path,
    List<String> also,
    String contexts,
    String labels,
    Map<String, String> parameters) {
  private static final int NAMES_SHOWN = 10;

  public Changelog {
    if (!isPath(path) || !also.stream().allMatch(Changelog::isPath)) {
      throw new IllegalArgumentException("not a path below the root");
    }
    path = normal(path);
    also = also.stream().map(Changelog::normal).toList();
    parameters = Map.copyOf(parameters);
  }

  private static String normal(String path) {
    return Path.of(path).normalize().toString();
  }

  /** All of them. */
  public List<String> paths() {
    return Stream.concat(Stream.of(path), also.stream()).toList();
  }

  /** The root itself may be a folder of plain SQL. */
  public static boolean isPath(String path) {
    if (path.isBlank() || path.indexOf('\0') >= 0) {
      return false;
    }
    var normal = Path.of(path).normalize();
    var isRoot = normal.toString().isEmpty();
    return !normal.isAbsolute() && !normal.startsWith("..") && (!isRoot || path.equals("."));
  }

  /** A folder of plain SQL, else a changelog of Liquibase. */
  public boolean isFolder() {
    return Files.isDirectory(root.resolve(path));
  }

  /** Empty when it is there and can be read. */
  Optional<Failure> missing() {
    var file = root.resolve(path);
    if (!also.isEmpty()) {
      var none = paths().stream().filter(p -> !Files.isDirectory(root.resolve(p))).findFirst();
      if (none.isPresent()) {
        return Optional.of(
            Failure.of(
                    Reason.CHANGELOG_MISSING,
                    none.get() + " is no folder below " + root + ", which holds " + names())
                .hint("several paths are for folders of Flyway, each relative to the root"));
      }
    }
    if (isFolder()) {
      return contexts.isEmpty() && labels.isEmpty()
          ? Optional.empty()
          : Optional.of(
              Failure.of(
                      Reason.CONFIGURATION_INVALID,
                      "contexts and labels are Liquibase's, and " + path + " is an SQL folder")
                  .hint("leave contexts and labels out"));
    }
    if (Files.isRegularFile(file) && Files.isReadable(file)) {
      return Optional.empty();
    }
    return Optional.of(
        Failure.of(Reason.CHANGELOG_MISSING, path + " isn't there; " + root + " holds " + names())
            .hint("changelog.path is relative to the root, written as in the image"));
  }

  private String names() {
    if (!Files.isDirectory(root)) {
      return "nothing: it isn't a folder";
    }
    try (var entries = Files.list(root)) {
      var names = entries.map(Changelog::name).filter(n -> !n.startsWith("..")).sorted().toList();
      return names.isEmpty() ? "nothing" : shown(names);
    } catch (IOException _) {
      return "what can't be listed";
    }
  }

  private static String name(Path entry) {
    return entry.getFileName() + (Files.isDirectory(entry) ? "/" : "");
  }

  private static String shown(List<String> names) {
    return names.size() <= NAMES_SHOWN
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, NAMES_SHOWN)) + ", …";
  }
}
