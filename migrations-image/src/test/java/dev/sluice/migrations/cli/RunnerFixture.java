package dev.sluice.migrations.cli;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** For each test: an empty database, an empty folder for its changelog, and runners of both. */
final class RunnerFixture implements AfterEachCallback {
  private final TestDatabase database = TestServer.shared().database();
  private final TestChangelog changelog = new TestChangelog(folder());

  TestDatabase database() {
    return database;
  }

  TestChangelog changelog() {
    return changelog;
  }

  /** A new one, with the good configuration. */
  TestRunner runner() {
    return new TestRunner(database, changelog);
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("changelog");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    try (var files = Files.walk(changelog.root())) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
