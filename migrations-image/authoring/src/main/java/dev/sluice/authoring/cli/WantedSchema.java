package dev.sluice.authoring.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the wanted schema comes from. */
sealed interface WantedSchema {
  /** {@code name} is what people call it. */
  record Read(String sql, String name) implements WantedSchema {}

  record Missing(String message, List<String> details, String hint) implements WantedSchema {}

  /** Standard input where the path is a hyphen. */
  static WantedSchema ofFile(String path, InputStream in) {
    try {
      return path.equals("-")
          ? new Read(new String(in.readAllBytes(), UTF_8), "standard input")
          : new Read(Files.readString(Path.of(path), UTF_8), path);
    } catch (IOException e) {
      return new Missing(
          "the wanted schema can't be read: " + path + ": " + e.getClass().getSimpleName(),
          List.of(),
          "--schema names a file of SQL in UTF-8, or - for standard input");
    }
  }

  /** What a command of the project prints; it is run by a shell. */
  static WantedSchema ofCommand(String command, @Nullable Path folder) {
    try {
      var builder = new ProcessBuilder("/bin/sh", "-c", command);
      if (folder != null) {
        builder.directory(folder.toFile());
      }
      var errors = Files.createTempFile("sluice-schema-", ".err");
      try {
        var process = builder.redirectError(errors.toFile()).start();
        process.getOutputStream().close();
        var sql = new String(process.getInputStream().readAllBytes(), UTF_8);
        var exit = process.waitFor();
        return exit == 0
            ? new Read(sql, "the output of " + command)
            : new Missing(
                "the command for the schema exited with " + exit + ": " + command,
                new String(Files.readAllBytes(errors), UTF_8).lines().toList(),
                "it has to print the wanted schema as SQL, and exit with 0");
      } finally {
        Files.deleteIfExists(errors);
      }
    } catch (IOException e) {
      return new Missing(
          "the command for the schema can't be run: " + e.getMessage(),
          List.of(),
          "it is run by /bin/sh");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Missing("it was interrupted", List.of(), "run it again");
    }
  }
}
