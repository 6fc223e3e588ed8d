package dev.sluice.migrations.folder;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.migrations.sql.SourcePosition;
import dev.sluice.migrations.sql.SqlScan;
import dev.sluice.migrations.sql.TransactionMode;
import dev.sluice.migrations.sql.TransactionModes;
import java.io.IOException;
import java.util.List;

/** Reads one script of a Flyway folder. */
record FlywayScript(FolderFiles files, FlywayConfig ofAll, Placeholders placeholders) {
  private static final int LONGEST_DESCRIPTION = 200;

  /** A text with values in it, or of another encoding, is held. */
  private static final int MOST_HELD = 8 << 20;

  Migration read(FlywayName name) throws IOException {
    var config = FlywayConfig.of(files, name.script(), ofAll);
    if (files.isLarge(name.script()) && !config.encoding().equals(UTF_8)) {
      if (files.size(name.script()) > MOST_HELD) {
        throw files.refused(
            name.script(),
            "is in %s and has more than %d MB".formatted(config.encoding(), MOST_HELD >> 20),
            "save it as UTF-8, or split it");
      }
    } else if (files.isLarge(name.script())) {
      var file = LargeFile.read(files, name.script(), null);
      if (!config.placeholders() || file.text().indexOf(placeholders.prefix(), 0) < 0) {
        return large(name, config, file);
      }
      if (file.text().length() > MOST_HELD) {
        throw files.refused(
            name.script(),
            "has placeholders and more than %d MB".formatted(MOST_HELD >> 20),
            "split it, or say placeholderReplacement=false in " + name.script() + ".conf");
      }
    }
    return held(name, config);
  }

  private Migration large(FlywayName name, FlywayConfig config, LargeFile file) throws IOException {
    var text = file.text();
    var checksum = FileDigests.flyway(text.stream(text.begin(), text.length()));
    var mode = config.inTransaction() ? file.mode() : TransactionMode.AUTOCOMMIT;
    return new Migration(
        files.path(name.script()),
        files.file(name.script()),
        "crc32:" + checksum,
        mode,
        file.isolation(),
        mode == TransactionMode.TRANSACTION ? file.together() : file.alone(),
        identity(name, checksum),
        PlaceholderUse.NONE);
  }

  private Migration held(FlywayName name, FlywayConfig config) throws IOException {
    var text = files.text(name.script(), config.encoding());
    var filled =
        config.placeholders()
            ? placeholders.in(text, name.script())
            : Placeholders.Filled.asItIs(text);
    var start = SourcePosition.startOf(files.path(name.script()));
    var scan = SqlScan.of(FileDigests.withoutMark(filled.text()), start);
    if (scan.hasUnendedData()) {
      throw files.unendedData(name.script());
    }
    files.refuseWhatIsForPsql(name.script(), scan);
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
   * The whole file at once where one transaction holds it, nothing is copied from the file, and all
   * of it is read in the same way; else one statement after the other.
   */
  private static List<Chunk> chunks(SqlScan scan, TransactionMode mode, SourcePosition start) {
    return mode == TransactionMode.TRANSACTION
            && scan.statements().stream().allMatch(s -> s.data() == null && !s.turnsBackslashesOn())
        ? List.of(Chunk.of(scan, start))
        : scan.statements().stream().map(Chunk::of).toList();
  }
}
