package dev.sluice.migrations.folder;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.migrations.sql.SourcePosition;
import dev.sluice.migrations.sql.SqlScan;
import dev.sluice.migrations.sql.SqlStatement;
import dev.sluice.migrations.sql.TransactionMode;
import dev.sluice.migrations.sql.TransactionModes;
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
    if (files.isLarge(name)) {
      return large(files, name, tool, when);
    }
    var text = files.text(name);
    var chunks = chunks(FileDigests.withoutMark(text), SourcePosition.startOf(files.path(name)));
    var scans = chunks.stream().map(Scanned::scan).toList();
    for (var scan : scans) {
      files.refuseWhatIsForPsql(name, scan);
      if (scan.copiesIn()) {
        throw copiesIn(files, name);
      }
    }
    var mode = TransactionModes.of(scans);
    if (mode == TransactionMode.AUTOCOMMIT && scans.stream().anyMatch(DrizzleFile::mixes)) {
      throw mixed(files, name);
    }
    return new Migration(
        files.path(name),
        files.file(name),
        FileDigests.ofLedger(text),
        mode,
        TransactionModes.isolation(scans),
        chunks.stream().map(Scanned::chunk).toList(),
        new ToolIdentity.Drizzle(tool, FileDigests.sha256(text.getBytes(UTF_8)), when),
        PlaceholderUse.NONE);
  }

  private static Migration large(FolderFiles files, String name, String tool, long when)
      throws IOException {
    var file = LargeFile.read(files, name, BREAKPOINT);
    if (file.copiesIn()) {
      throw copiesIn(files, name);
    }
    if (file.mode() == TransactionMode.AUTOCOMMIT && file.mixes()) {
      throw mixed(files, name);
    }
    var text = file.text();
    var hash = files.sha256(name);
    // that of the ledger is the same where the line ends are
    var isPlain = text.begin() == 0 && text.indexOf("\r", 0) < 0;
    return new Migration(
        files.path(name),
        files.file(name),
        isPlain
            ? FileDigests.inLedger(hash)
            : FileDigests.ofLedger(text.stream(text.begin(), text.length())),
        file.mode(),
        file.isolation(),
        file.mode() == TransactionMode.TRANSACTION ? file.together() : file.parts(),
        new ToolIdentity.Drizzle(tool, hash, when),
        PlaceholderUse.NONE);
  }

  private static FolderRefusedException copiesIn(FolderFiles files, String name) {
    return files.refused(
        name,
        "copies FROM STDIN, which Drizzle's own tools don't run either",
        "write INSERT statements, or give the data to a Flyway folder");
  }

  private static FolderRefusedException mixed(FolderFiles files, String name) {
    return files.refused(
        name,
        "has a statement that can't run in a transaction together with others",
        "put \"" + BREAKPOINT + "\" between the statements");
  }

  private static boolean mixes(SqlScan scan) {
    return scan.statements().size() > 1
        && scan.statements().stream().anyMatch(SqlStatement::needsAutocommit);
  }

  private record Scanned(SqlScan scan, SourcePosition position) {
    Chunk chunk() {
      return Chunk.of(scan, position);
    }
  }

  /** Each as it is: never split at a semicolon, also when it is empty or only a comment. */
  private static List<Scanned> chunks(String text, SourcePosition start) {
    var scanned = new ArrayList<Scanned>();
    var position = start;
    var from = 0;
    for (var part : text.split(Pattern.quote(BREAKPOINT), -1)) {
      scanned.add(new Scanned(SqlScan.of(part, position), position));
      var next = Math.min(text.length(), from + part.length() + BREAKPOINT.length());
      position = position.after(text, from, next);
      from = next;
    }
    return scanned;
  }
}
