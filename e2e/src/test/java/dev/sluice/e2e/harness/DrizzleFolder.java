package dev.sluice.e2e.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A folder as drizzle-kit writes it, with its journal. */
public record DrizzleFolder(List<Entry> entries) {
  /** One migration; {@code when} is in milliseconds. */
  public record Entry(long when, String tag, String sql) {}

  public DrizzleFolder {
    entries = List.copyOf(entries);
  }

  public static DrizzleFolder of(long when, String tag, String sql) {
    return new DrizzleFolder(List.of(new Entry(when, tag, sql)));
  }

  /** With one migration more. */
  public DrizzleFolder and(long when, String tag, String sql) {
    var more = new ArrayList<>(entries);
    more.add(new Entry(when, tag, sql));
    return new DrizzleFolder(more);
  }

  public Changelog files() {
    var files = Changelog.file("meta/_journal.json", journal());
    for (var entry : entries) {
      files = files.and(entry.tag() + ".sql", entry.sql() + "\n");
    }
    return files;
  }

  private String journal() {
    var lines =
        IntStream.range(0, entries.size())
            .mapToObj(i ->
                """
                {"idx": %d, "version": "7", "when": %d, "tag": "%s", "breakpoints": true}\
                """
                    .formatted(i, entries.get(i).when(), entries.get(i).tag()))
            .collect(Collectors.joining(",\n"));
    return """
    {"version": "7", "dialect": "postgresql", "entries": [
    %s
    ]}
    """
        .formatted(lines);
  }
}
