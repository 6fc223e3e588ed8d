import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Which extensions an ordinary role may create in a database of its own.
 *
 * <p>A rehearsal replays migrations as an ordinary role, since a superuser's SQL reads files and
 * starts programs. On the target an administrator may have created an extension, or a managed
 * service may allow more of them than PostgreSQL does, so all are trusted here that stay within the
 * database.
 */
final class Extensions {
  /** Connections to other servers, and the server's files. */
  private static final Set<String> REACH_OUT =
      Set.of("dblink", "postgres_fdw", "file_fdw", "adminpack");

  private Extensions() {}

  /** SQL alone, in the place of what only a managed service has. */
  static void standIn(Path stubs, Path folder) throws IOException {
    try (var files = Files.list(stubs)) {
      for (var file : files.sorted().toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
  }

  static void trust(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (var file : files.filter(f -> f.toString().endsWith(".control")).sorted().toList()) {
        var name = file.getFileName().toString().replace(".control", "");
        if (!REACH_OUT.contains(name) && !Files.readString(file).contains("trusted")) {
          Files.writeString(file, "\ntrusted = true\n", StandardOpenOption.APPEND);
        }
      }
    }
  }
}
