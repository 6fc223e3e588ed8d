package dev.sluice.migrations.liquibase;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.RanChangeSet;

/**
 * Rows of the ledger that a changelog doesn't know, after the last one that it knows. Changelogs
 * may share a ledger, so only rows count whose file is in a folder that has a file of this one.
 */
record RowsAhead(List<ChangeSet> known, List<RanChangeSet> rows) {

  List<String> names() {
    var folders = known.stream().map(c -> folder(c.getFilePath())).collect(Collectors.toSet());
    var ahead = new ArrayList<String>();
    var begun = false;
    for (var row : rows) {
      var own = known.stream().filter(row::isSameAs).findFirst();
      if (own.isEmpty()) {
        if (begun && isIn(folders, row)) {
          ahead.add(ChangeSetNames.of(row));
        }
      } else if (!runsAgain(own.get())) {
        begun = true;
        ahead.clear();
      }
    }
    return ahead;
  }

  /** Its row says when it ran last, not when it was new. */
  private static boolean runsAgain(ChangeSet changeSet) {
    return changeSet.isAlwaysRun() || changeSet.isRunOnChange();
  }

  private static boolean isIn(Set<String> folders, RanChangeSet row) {
    return folders.contains(folder(row.getChangeLog()));
  }

  private static String folder(String file) {
    var path = file.replaceFirst("^classpath:", "");
    return path.substring(0, path.lastIndexOf('/') + 1);
  }
}
