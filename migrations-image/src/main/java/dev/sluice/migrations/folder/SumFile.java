package dev.sluice.migrations.folder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code sluice.sum}: a line {@code <path> sha256:<hex>} for each file, as they are on disk. */
final class SumFile {
  static final String NAME = "sluice.sum";
  private static final Pattern LINE = Pattern.compile("(\\S.*?)\\s+sha256:([0-9a-f]{64})");
  private static final String RENEW =
      "take the files back, or write sluice.sum anew when the change is meant";

  private SumFile() {}

  /** The folder's warnings, with one more when there is no such file. */
  static List<String> checked(FolderFiles files, FolderListing listed) throws IOException {
    var warnings = new ArrayList<>(listed.warnings());
    if (!files.has(NAME)) {
      warnings.add(
          files.prefix()
              + NAME
              + " isn't there: nothing tells an edited file before it is applied");
      return warnings;
    }
    var sums = read(files);
    for (var sum : sums.entrySet()) {
      if (!files.has(sum.getKey())) {
        throw files.refused(sum.getKey(), "is in sluice.sum, but isn't there", RENEW);
      }
      if (!FileDigests.sha256(files.bytes(sum.getKey())).equals(sum.getValue())) {
        throw files.refused(sum.getKey(), "isn't what sluice.sum says it is", RENEW);
      }
    }
    for (var migration : listed.migrations()) {
      var name = migration.file().substring(files.prefix().length());
      if (!sums.containsKey(name)) {
        throw files.refused(name, "isn't in sluice.sum", RENEW);
      }
    }
    return warnings;
  }

  private static Map<String, String> read(FolderFiles files) throws IOException {
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
