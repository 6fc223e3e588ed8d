package dev.sluice.authoring.write;

import dev.sluice.migrations.folder.Folder;
import dev.sluice.migrations.folder.Migration;
import dev.sluice.migrations.folder.ToolIdentity;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Flyway's names. The next version is as the highest that is there: a number, with as many digits
 * at least, or the time where that is one.
 */
record FlywayWriter(Folder folder) implements FolderWriter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withZone(ZoneOffset.UTC);
  private static final int DIGITS_OF_A_TIME = 14;

  @Override
  public FolderEdit adding(List<NewMigration> migrations, Instant now) {
    var naming = folder.scripts().naming();
    var version = next(highest(), now);
    var written = new LinkedHashMap<String, String>();
    var names = new ArrayList<String>();
    for (var migration : migrations) {
      var name =
          naming.versioned()
              + version
              + naming.separator()
              + migration.name().words().replace('-', '_');
      written.put(name + naming.suffixes().getFirst(), migration.text("\n\n"));
      names.add(name);
      version = next(version, Instant.EPOCH);
    }
    return new FolderEdit(written, List.of(), names);
  }

  /** In the words of its file's name; null when there is none. */
  private @Nullable String highest() {
    return Stream.concat(folder.migrations().stream(), folder.baselines().stream())
        .map(Migration::tool)
        .map(tool -> tool instanceof ToolIdentity.Flyway flyway ? flyway.version() : null)
        .filter(Objects::nonNull)
        .reduce((one, other) -> compared(one, other) >= 0 ? one : other)
        .orElse(null);
  }

  private static int compared(String one, String other) {
    var these = one.split("[._]", -1);
    var those = other.split("[._]", -1);
    for (var i = 0; i < Math.max(these.length, those.length); i++) {
      var compared = number(these, i).compareTo(number(those, i));
      if (compared != 0) {
        return compared;
      }
    }
    return 0;
  }

  private static BigInteger number(String[] parts, int at) {
    return at < parts.length ? new BigInteger(parts[at]) : BigInteger.ZERO;
  }

  /** Its first part is counted on. */
  private static String next(@Nullable String highest, Instant now) {
    if (highest == null) {
      return "1";
    }
    var first = highest.split("[._]", 2)[0];
    var counted = new BigInteger(first).add(BigInteger.ONE);
    var time = new BigInteger(TIME.format(now));
    var next = first.length() == DIGITS_OF_A_TIME ? counted.max(time) : counted;
    return "0".repeat(Math.max(0, first.length() - next.toString().length())) + next;
  }
}
