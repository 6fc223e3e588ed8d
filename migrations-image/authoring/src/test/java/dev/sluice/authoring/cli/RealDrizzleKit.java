package dev.sluice.authoring.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A project with the real drizzle-kit, which npm installs once into a cache of its own.
 *
 * @param folder of the project; its migrations are in {@code drizzle}
 */
record RealDrizzleKit(Path folder) {
  private static final Path LOCKS = Path.of("src", "test", "drizzle-kit");

  /** {@code version} is 0 (0.31) or 1 (1.0 rc). */
  static RealDrizzleKit project(int version, Path folder) {
    try {
      Files.createSymbolicLink(
          folder.resolve("node_modules"), installed(version).resolve("node_modules"));
      Files.writeString(
          folder.resolve("drizzle.config.ts"),
          """
          import { defineConfig } from 'drizzle-kit'
          export default defineConfig({ dialect: 'postgresql', schema: './schema.ts', out: './drizzle' })
          """);
      return new RealDrizzleKit(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One table, with these columns. */
  RealDrizzleKit schema(String columns) {
    try {
      Files.writeString(
          folder.resolve("schema.ts"),
          """
          import { integer, pgTable, text } from 'drizzle-orm/pg-core'
          export const users = pgTable('users', { %s })
          """
              .formatted(columns));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it printed; it has to exit with 0. */
  String run(String... arguments) {
    var command = new ArrayList<>(List.of("node", "node_modules/drizzle-kit/bin.cjs"));
    command.addAll(List.of(arguments));
    return run(folder, command);
  }

  /** Aborts the test where there is no npm, unless {@code sluice.e2e} is required. */
  private static synchronized Path installed(int version) throws IOException {
    var project = LOCKS.resolve(String.valueOf(version));
    var lock = Files.readString(project.resolve("package-lock.json"));
    var target = cache().resolve("drizzle-kit-" + Integer.toHexString(lock.hashCode()));
    if (!Files.isDirectory(target)) {
      if (!isThere() && !"required".equals(System.getProperty("sluice.e2e"))) {
        return Assumptions.abort("no npm: install Node 18 or newer with npm");
      }
      Files.createDirectories(target.getParent());
      var fresh = Files.createTempDirectory(target.getParent(), "new");
      for (var file : List.of("package.json", "package-lock.json")) {
        Files.copy(project.resolve(file), fresh.resolve(file));
      }
      run(fresh, List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"));
      Files.move(fresh, target);
    }
    return target.toAbsolutePath();
  }

  private static Path cache() {
    var named = System.getenv("SLUICE_CACHE");
    return named == null
        ? Path.of(System.getProperty("user.home"), ".cache", "sluice")
        : Path.of(named);
  }

  private static boolean isThere() {
    try {
      return new ProcessBuilder("npm", "--version").start().waitFor() == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String run(Path folder, List<String> command) {
    try {
      var output = Files.createTempFile("node", ".log");
      var process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(command.toString()).isTrue();
      var said = Files.readString(output);
      assertThat(process.exitValue()).as(said).isZero();
      Files.delete(output);
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Assertions.fail("interrupted", e);
    }
  }
}
