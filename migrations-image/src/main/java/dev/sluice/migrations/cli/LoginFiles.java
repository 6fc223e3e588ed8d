package dev.sluice.migrations.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** What is handed to another tool, in a folder that is memory; for its user alone. */
record LoginFiles(Path folder) {
  private static final String PGPASS = "pgpass";

  /**
   * @param variables libpq's, and the user's that refer to them
   * @param words the tool's command and arguments
   */
  void write(SequencedMap<String, String> variables, List<String> words) throws IOException {
    write("host", variables.getOrDefault("PGHOST", ""));
    write("port", variables.getOrDefault("PGPORT", ""));
    write("database", variables.getOrDefault("PGDATABASE", ""));
    write("user", variables.getOrDefault("PGUSER", ""));
    write("password", variables.getOrDefault("PGPASSWORD", ""));
    write(PGPASS, pgpass(variables));
    write("env", script(variables, words));
  }

  /** Read by the tool's shell. */
  private String script(SequencedMap<String, String> variables, List<String> words) {
    var script = new StringBuilder();
    variables.forEach((name, value) ->
        script.append("export ").append(name).append('=').append(quoted(value)).append('\n'));
    script.append("export PGPASSFILE=").append(quoted(folder.resolve(PGPASS).toString()));
    script.append("\nset --");
    words.forEach(word -> script.append(' ').append(quoted(word)));
    return script.append('\n').toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private static String pgpass(Map<String, String> variables) {
    var fields = List.of("PGHOST", "PGPORT", "PGDATABASE", "PGUSER", "PGPASSWORD");
    return String.join(
            ":",
            fields.stream()
                .map(name -> variables.getOrDefault(name, ""))
                .map(value -> value.replace("\\", "\\\\").replace(":", "\\:"))
                .toList())
        + "\n";
  }

  private void write(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.deleteIfExists(file);
    var owner = PosixFilePermissions.fromString("rw-------");
    Files.createFile(file, PosixFilePermissions.asFileAttribute(owner));
    Files.write(file, text.getBytes(UTF_8));
  }
}
