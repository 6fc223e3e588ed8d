package dev.sluice.migrations.folder;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** {@code sluice.sum}: a line {@code <path> sha256:<hex>} for each file, as they are on disk. */
final class SumFile {
  static final String NAME = "sluice.sum";
  private static final Pattern LINE = Pattern.compile("(\\S.*?)\\s+sha256:([0-9a-f]{64})");
  private static final String RENEW =
      "take the files back, or run sluice hash when the change is meant";

  private SumFile() {}

  /** True when each of the folders has one. */
  static boolean areThereAndTrue(List<FolderFiles> locations, FolderListing listed)
      throws IOException {
    var all = true;
    for (var files : locations) {
      all &= isThereAndTrue(files, listed);
    }
    return all;
  }

  /** False when there is no such file; a file that isn't as it says is refused. */
  static boolean isThereAndTrue(FolderFiles files, FolderListing listed) throws IOException {
    if (!files.has(NAME)) {
      return false;
    }
    var sums = read(files);
    for (var sum : sums.entrySet()) {
      if (!files.has(sum.getKey())) {
        throw files.refused(sum.getKey(), "is in sluice.sum, but isn't there", RENEW);
      }
      if (!files.sha256(sum.getKey()).equals(sum.getValue())) {
        throw files.refused(sum.getKey(), "isn't what sluice.sum says it is", RENEW);
      }
    }
    for (var name : names(files, listed)) {
      if (!sums.containsKey(name)) {
        throw files.refused(name, "isn't in sluice.sum", RENEW);
      }
    }
    return true;
  }

  /** All files of the folder that say what runs. */
  static Set<String> names(FolderFiles files, FolderListing listed) {
    var names = new TreeSet<String>();
    for (var migration : listed.all()) {
      if (migration.path().equals(files.path(migration.file()))) {
        names.add(migration.file());
        names.add(migration.file() + FlywayConfig.END);
      }
    }
    names.addAll(FlywaySettings.FILES);
    names.removeIf(name -> !files.has(name));
    return names;
  }

  static Map<String, String> read(FolderFiles files) throws IOException {
    var sums = new LinkedHashMap<String, String>();
    for (var line : files.text(NAME).lines().filter(line -> !line.isBlank()).toList()) {
      var parts = LINE.matcher(line.strip());
      if (!parts.matches() || parts.group(1).contains("..")) {
        throw files.refused(
            NAME, "has a line that is no path with its sum", "a line is: path sha256:hex");
      }
      sums.put(parts.group(1), parts.group(2));
    }
    return sums;
  }
}
