package dev.sluice.authoring.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The machine's own pg_dump, of a major version that can read the server. */
record PgDump(int major) {
  private static final Pattern VERSION = Pattern.compile("(\\d+)[.\\d]*\\S*(?: .*)?$");

  /** Of a session, which a file is no place for. */
  private static final Pattern SETTING =
      Pattern.compile("(?m)^(?:SET \\w+ = .*;|SELECT pg_catalog\\.set_config\\(.*\\);)\\R");

  private static final Pattern FOR_PSQL = Pattern.compile("(?m)^\\\\(?:un)?restrict .*\\R");
  private static final Pattern HEADING = Pattern.compile("(?m)^-- (?:Dumped|PostgreSQL).*\\R");
  private static final Pattern BLANK_LINES = Pattern.compile("\\n(?:--\\n)?\\n{2,}");

  static Optional<PgDump> onPath() {
    try {
      var said = run(List.of("pg_dump", "--version"), Map.of()).strip();
      var version = VERSION.matcher(said.substring(said.lastIndexOf(") ") + 1).strip());
      return version.matches()
          ? Optional.of(new PgDump(Integer.parseInt(version.group(1))))
          : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  boolean reads(int server) {
    return major >= server;
  }

  /** {@code libpq}: its variables, the password among them. */
  String schema(Map<String, String> libpq, boolean rights) throws IOException {
    var command =
        new ArrayList<>(List.of("pg_dump", "--schema-only", "--no-owner", "--no-tablespaces"));
    if (!rights) {
      command.add("--no-privileges");
    }
    for (var schema : History.SCHEMAS) {
      command.add("--exclude-schema=" + schema);
    }
    for (var table : History.TABLES) {
      command.add("--exclude-table=*." + table);
    }
    return tidied(run(command, libpq));
  }

  /** Without what only psql knows, and what would outlive the file. */
  static String tidied(String dump) {
    var text = dump.replace("\r\n", "\n");
    for (var pattern : List.of(FOR_PSQL, SETTING, HEADING)) {
      text = pattern.matcher(text).replaceAll("");
    }
    return BLANK_LINES.matcher(text).replaceAll("\n\n").strip();
  }

  private static String run(List<String> command, Map<String, String> libpq) throws IOException {
    var errors = Files.createTempFile("sluice-dump-", ".err");
    try {
      var builder = new ProcessBuilder(command).redirectError(errors.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
      builder.environment().putAll(libpq);
      var process = builder.start();
      process.getOutputStream().close();
      var out = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException("pg_dump: " + Files.readString(errors).strip());
      }
      return out;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("it was interrupted", e);
    } finally {
      Files.deleteIfExists(errors);
    }
  }
}
