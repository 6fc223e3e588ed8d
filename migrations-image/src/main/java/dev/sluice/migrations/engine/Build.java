package dev.sluice.migrations.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The versions this program was built with. */
public record Build(String version, String liquibase) {
  public static Build read() {
    try (var file = Build.class.getResourceAsStream("build.properties")) {
      var properties = new Properties();
      properties.load(file);
      return new Build(
          properties.getProperty("version", "?"), properties.getProperty("liquibase", "?"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
