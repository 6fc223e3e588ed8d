package dev.sluice.migrations.folder;

import dev.sluice.migrations.sql.SourcePosition;
import dev.sluice.migrations.sql.SqlScan;
import dev.sluice.migrations.sql.TransactionMode;
import dev.sluice.migrations.sql.TransactionModes;
import java.io.IOException;
import java.util.List;

/** Reads one script of a Flyway folder. */
record FlywayScript(FolderFiles files, FlywayConfig ofAll, Placeholders placeholders) {
  private static final int LONGEST_DESCRIPTION = 200;

  Migration read(FlywayName name) throws IOException {
    var config = FlywayConfig.of(files, name.script(), ofAll);
    var text = files.text(name.script(), config.encoding());
    var filled =
        config.placeholders()
            ? placeholders.in(text, name.script())
            : Placeholders.Filled.asItIs(text);
    var start = SourcePosition.startOf(files.path(name.script()));
    var scan = SqlScan.of(FileDigests.withoutMark(filled.text()), start);
    if (scan.hasUnendedData()) {
      throw files.refused(
          name.script(),
          "copies FROM STDIN, and no line says where the data ends",
          "put a line with nothing but \\. after the data");
    }
    files.refuseCopyOut(name.script(), scan);
    var mode =
        config.inTransaction() ? TransactionModes.of(List.of(scan)) : TransactionMode.AUTOCOMMIT;
    // a repeatable one runs again when a value has changed
    var checksum = FileDigests.flyway(name.version() == null ? filled.text() : text);
    return new Migration(
        files.path(name.script()),
        files.file(name.script()),
        "crc32:" + checksum,
        mode,
        TransactionModes.isolation(List.of(scan)),
        chunks(scan, mode, start),
        identity(name, checksum),
        filled.use());
  }

  private static ToolIdentity identity(FlywayName name, int checksum) {
    var version = name.version();
    var description = name.description();
    return new ToolIdentity.Flyway(
        name.isBaseline() ? ToolIdentity.Flyway.BASELINE : ToolIdentity.Flyway.USUAL,
        version == null ? null : version.text(),
        description.length() <= LONGEST_DESCRIPTION
            ? description
            : description.substring(0, LONGEST_DESCRIPTION - 3) + "...",
        name.script(),
        checksum);
  }

  /**
   * The whole file at once where one transaction holds it, and nothing is copied from the file;
   * else one statement after the other.
   */
  private static List<Chunk> chunks(SqlScan scan, TransactionMode mode, SourcePosition start) {
    return mode == TransactionMode.TRANSACTION
            && scan.statements().stream().allMatch(s -> s.copied() == null)
        ? List.of(Chunk.of(scan, start))
        : scan.statements().stream().map(Chunk::of).toList();
  }
}
