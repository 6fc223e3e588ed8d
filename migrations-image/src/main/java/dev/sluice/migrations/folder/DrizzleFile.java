package dev.sluice.migrations.folder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What both layouts of Drizzle have in common. */
final class DrizzleFile {
  private static final String BREAKPOINT = "--> statement-breakpoint";

  private DrizzleFile() {}

  static Migration migration(FolderFiles files, String name, String tool, long when)
      throws IOException {
    var text = files.text(name);
    var scans = new ArrayList<SqlScan>();
    for (var part : FileDigests.withoutMark(text).split(Pattern.quote(BREAKPOINT), -1)) {
      scans.add(SqlScan.of(part));
    }
    var way = TransactionModes.of(scans);
    if (way == TransactionMode.AUTOCOMMIT && scans.stream().anyMatch(DrizzleFile::mixes)) {
      throw files.refused(
          name,
          "has a statement that can't run in a transaction together with others",
          "put \"" + BREAKPOINT + "\" between the statements");
    }
    return new Migration(
        files.file(name),
        FileDigests.ofLedger(text),
        way,
        chunks(scans),
        new ToolIdentity.Drizzle(tool, FileDigests.sha256(text.getBytes(UTF_8)), when));
  }

  private static boolean mixes(SqlScan scan) {
    return scan.statements().size() > 1
        && (scan.statements().stream().anyMatch(SqlStatement::needsAutocommit)
            || TransactionModes.usesNewEnumValue(scan.statements()));
  }

  /** Each as it is: never split at a semicolon, also when it is empty or only a comment. */
  private static List<Chunk> chunks(List<SqlScan> scans) {
    return scans.stream()
        .map(scan -> new Chunk(scan.text(), TransactionModes.isAtomic(scan.statements())))
        .toList();
  }
}
