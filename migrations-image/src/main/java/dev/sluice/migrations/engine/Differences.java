package dev.sluice.migrations.engine;

import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a folder or a changelog has and the history of its own tool doesn't say, by file or by
 * changeset. Rows that it lacks are those of a later revision.
 */
public record Differences(
    String table, int total, List<String> missing, List<String> failed, List<String> edited) {
  private static final int NAMES_SHOWN = 10;

  public Differences {
    missing = List.copyOf(missing);
    failed = List.copyOf(failed);
    edited = List.copyOf(edited);
  }

  Optional<Failure> failure() {
    var first = Stream.of(missing, failed, edited).flatMap(List::stream).findFirst();
    return first.map(file ->
        Failure.of(Reason.LEDGER_DIFFERS, sentence())
            .in(isChangeSet(file) ? file : null, file.split("::", 2)[0])
            .hint("see the log of the tool: it passed them over, or didn't come to their end"));
  }

  private static boolean isChangeSet(String name) {
    return name.contains("::");
  }

  private String sentence() {
    var parts = new ArrayList<String>();
    part(parts, "isn't in " + table, missing);
    part(parts, "failed", failed);
    part(parts, "isn't what was applied", edited);
    return String.join("; ", parts);
  }

  private static void part(List<String> parts, String what, List<String> files) {
    if (!files.isEmpty()) {
      var shown = String.join(", ", files.subList(0, Math.min(NAMES_SHOWN, files.size())));
      var more = files.size() - NAMES_SHOWN;
      parts.add(what + ": " + shown + (more > 0 ? " and " + more + " more" : ""));
    }
  }
}
