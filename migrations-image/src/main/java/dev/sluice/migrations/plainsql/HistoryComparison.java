package dev.sluice.migrations.plainsql;

import dev.sluice.migrations.adoption.Match;
import dev.sluice.migrations.adoption.Verdict;
import dev.sluice.migrations.engine.Differences;
import dev.sluice.migrations.folder.Folder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a folder has and the history of its tool doesn't, after that tool has run. */
final class HistoryComparison {
  private HistoryComparison() {}

  static Differences of(String table, List<Match> matches, Folder folder) {
    Map<String, Verdict> verdicts = new HashMap<>();
    for (var match : matches) {
      if (match.migration() != null && match.verdict() != Verdict.SUPERSEDED) {
        verdicts.put(match.migration().file(), match.verdict());
      }
    }
    var missing = new ArrayList<String>();
    var failed = new ArrayList<String>();
    var edited = new ArrayList<String>();
    for (var migration : folder.migrations()) {
      var path = migration.path();
      switch (verdicts.getOrDefault(migration.file(), Verdict.UNDONE)) {
        case APPLIED, BASELINED -> {}
        case EDITED -> edited.add(path);
        case CHANGED -> {
          // with values that only its tool has, nobody else can say what its checksum should be
          if (migration.placeholders().missing().isEmpty()) {
            edited.add(path);
          }
        }
        case FAILED -> failed.add(path);
        case UNDONE, SUPERSEDED, NO_FILE, SEVERAL -> missing.add(path);
      }
    }
    return new Differences(table, folder.migrations().size(), missing, failed, edited);
  }
}
