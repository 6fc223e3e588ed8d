package dev.sluice.migrations.liquibase;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/**
 * The classes that a changelog brings for its customChange and customPrecondition, in the jars of
 * {@code lib} below the root. The fingerprint of the tree covers them.
 */
final class ChangelogClasses {
  static final String FOLDER = "lib";

  private ChangelogClasses() {}

  /** Only what the runner itself has. */
  static URLClassLoader none() {
    return new URLClassLoader(new URL[0], ChangelogClasses.class.getClassLoader());
  }

  /** They see Liquibase, and one another. Without jars it finds what the runner itself has. */
  static URLClassLoader below(Path root) throws IOException {
    return new URLClassLoader(
        "changelog", jars(root.resolve(FOLDER)), ChangelogClasses.class.getClassLoader());
  }

  static boolean areBelow(Path root) {
    try {
      return jars(root.resolve(FOLDER)).length > 0;
    } catch (IOException _) {
      return true; // whoever loads them will say what is wrong
    }
  }

  private static URL[] jars(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return new URL[0];
    }
    var urls = new ArrayList<URL>();
    try (var files = Files.newDirectoryStream(folder, "*.jar")) {
      for (var file : files) {
        urls.add(url(file));
      }
    }
    return urls.stream().sorted((a, b) -> a.toString().compareTo(b.toString())).toArray(URL[]::new);
  }

  private static URL url(Path file) throws MalformedURLException {
    return file.toUri().toURL();
  }
}
