package dev.sluice.migrations.folder;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What is wrong with a folder that can be read, before anybody applies it; a sentence each. */
public final class FolderFindings {
  private static final Pattern NUMBER = Pattern.compile("(\\d+)[_-].*");

  private FolderFindings() {}

  public static List<String> in(Folder folder) {
    var findings = new ArrayList<>(folder.strays());
    findings.addAll(sameNumber(folder));
    if (!folder.hasSums()) {
      findings.add(
          folder.prefix()
              + SumFile.NAME
              + ": isn't there, so that nothing shows an edited file before it is applied; run"
              + " sluice hash");
    }
    return findings;
  }

  /** As two branches make it that each add a migration; Flyway's versions are unique anyway. */
  private static List<String> sameNumber(Folder folder) {
    var same = new ArrayList<String>();
    Map<String, String> first = new HashMap<>();
    for (var migration : folder.migrations()) {
      if (migration.tool() instanceof ToolIdentity.Drizzle(var name, _, _)) {
        var number = NUMBER.matcher(name);
        var other = number.matches() ? first.putIfAbsent(number.group(1), migration.path()) : null;
        if (other != null) {
          same.add(
              "%s: has the number of %s; generate the later one anew"
                  .formatted(migration.path(), other));
        }
      }
    }
    return same;
  }
}
