import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs a program of PostgreSQL, which refuses to be run by root. */
final class ServerProgram {
  private static final String SETPRIV = "/usr/bin/setpriv";

  /** {@code nobody}: initdb wants a user with a name. */
  private static final int NOBODY = 65534;

  private static final boolean ROOT = System.getProperty("user.name").equals("root");

  private final Path folder;

  ServerProgram(Path folder) {
    this.folder = folder;
  }

  /** Lets the programs write there. */
  void hand(Path data) throws IOException {
    if (ROOT) {
      Files.setAttribute(data, "unix:uid", NOBODY);
      Files.setAttribute(data, "unix:gid", NOBODY);
    }
  }

  void run(String program, List<String> arguments, List<String> lines)
      throws IOException, InterruptedException {
    var words = new ArrayList<String>();
    if (ROOT) {
      if (!Files.isExecutable(Path.of(SETPRIV))) {
        throw new IOException(
            "PostgreSQL refuses to run as root, and setpriv isn't there to run it as another user:"
                + " install util-linux, or build as another user");
      }
      words.addAll(
          List.of(SETPRIV, "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"));
    }
    words.add(folder.resolve("bin").resolve(program).toString());
    words.addAll(arguments);
    var input = Files.write(Files.createTempFile(folder, program, ".sql"), lines);
    var output = Files.createTempFile(folder, program, ".log");
    var process =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectInput(input.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    process.environment().clear();
    process
        .environment()
        .putAll(
            Map.of(
                "LD_LIBRARY_PATH", folder.resolve("lib").toString(),
                "LC_ALL", "C.UTF-8",
                "TZ", "UTC",
                // initdb imports what "locale -a" lists: not there, the build machine doesn't
                // matter
                "PATH", "/nonexistent"));
    var exit = process.start().waitFor();
    var said = Files.readString(output);
    Files.delete(input);
    Files.delete(output);
    if (exit != 0 || said.contains("ERROR:")) {
      throw new IOException(program + " ended with " + exit + ":\n" + said);
    }
  }
}
