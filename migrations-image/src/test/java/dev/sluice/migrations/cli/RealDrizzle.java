package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The real drizzle-orm, in two versions, which npm installs once into a cache of its own. */
final class RealDrizzle {
  private static final Path PROJECT = Path.of("src", "test", "drizzle-orm");
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", "migrate.mjs");

  private RealDrizzle() {}

  /** Runs its migrator; {@code version} is 0 (0.45) or 1 (1.0 rc). */
  static void migrate(int version, TestDatabase database, Path folder) {
    var installed = installed();
    run(
        installed,
        Map.of(
            "PGHOST",
            "localhost",
            "PGPORT",
            String.valueOf(database.server().port()),
            "PGDATABASE",
            database.name(),
            "PGUSER",
            TestServer.USER,
            "PGPASSWORD",
            TestServer.SCRAM_PASSWORD),
        List.of(
            "node", "migrate.mjs", String.valueOf(version), folder.toAbsolutePath().toString()));
  }

  /** Aborts the test where there is no npm, unless {@code sluice.e2e} is required. */
  private static synchronized Path installed() {
    try {
      var lock = Files.readString(PROJECT.resolve("package-lock.json"));
      var target = cache().resolve("drizzle-orm-" + Integer.toHexString(lock.hashCode()));
      if (!Files.isDirectory(target)) {
        if (!isThere("npm") && !"required".equals(System.getProperty("sluice.e2e"))) {
          return Assumptions.abort("no npm: install Node 18 or newer with npm");
        }
        Files.createDirectories(target.getParent());
        var fresh = Files.createTempDirectory(target.getParent(), "new");
        for (var file : FILES) {
          Files.copy(PROJECT.resolve(file), fresh.resolve(file));
        }
        run(fresh, Map.of(), List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"));
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.copy(
          PROJECT.resolve("migrate.mjs"),
          target.resolve("migrate.mjs"),
          StandardCopyOption.REPLACE_EXISTING);
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path cache() {
    var named = System.getenv("SLUICE_CACHE");
    return named == null
        ? Path.of(System.getProperty("user.home"), ".cache", "sluice")
        : Path.of(named);
  }

  private static boolean isThere(String program) {
    try {
      return new ProcessBuilder(program, "--version").start().waitFor() == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void run(Path folder, Map<String, String> environment, List<String> command) {
    try {
      var output = Files.createTempFile("node", ".log");
      var builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      var process = builder.start();
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(command.toString()).isTrue();
      assertThat(process.exitValue()).as(Files.readString(output)).isZero();
      Files.delete(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      Assertions.fail("interrupted", e);
    }
  }
}
