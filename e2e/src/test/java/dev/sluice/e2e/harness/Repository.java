package dev.sluice.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The working copy whose scripts build and load the images. */
record Repository(Path root) {
  private static final String YAML = "\n```yaml\n";

  static Repository ofThisBuild() {
    var root = System.getProperty("sluice.root");
    return new Repository(Path.of(root == null ? ".." : root).toAbsolutePath().normalize());
  }

  /** Runs one of its scripts; its standard output, by lines. */
  List<String> script(String path, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(root.resolve(path).toString());
    command.addAll(arguments);
    return Program.run(root, command);
  }

  /** The first YAML under a heading of one of its pages. */
  Manifest manifest(String page, String heading) {
    try {
      var text = Files.readString(root.resolve(page));
      var section = text.substring(text.indexOf("\n## " + heading + "\n"));
      var begin = section.indexOf(YAML) + YAML.length();
      return Manifest.of(section.substring(begin, section.indexOf("\n```", begin)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new folder, for what is put into an image. */
  Path scratch() {
    try {
      return Files.createTempDirectory(target("e2e"), "scratch");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void copy(Path from, Path to) {
    try (var paths = Files.walk(from)) {
      for (var path : paths.toList()) {
        var target = to.resolve(from.relativize(path));
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes it with all that is in it. */
  static void delete(Path folder) {
    try (var paths = Files.walk(folder)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A folder of the build, made when it isn't there. */
  Path target(String name) {
    try {
      return Files.createDirectories(root.resolve("e2e/target").resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
